using System.Runtime.InteropServices;
using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Emulator;

public class EmulatorSpeedTests
{
    [Fact]
    public void Measure_CountsLanesWhoseGuardIsTrue()
    {
        const string Text = """
            .version 8.0
            .target sm_80
            .address_size 64
            .entry k(.param .u64 unused)
            {
                .reg .pred %p; .reg .b32 %r<3>;
                mov.u32 %r0, %tid.x;
                setp.lt.u32 %p, %r0, 10;
                @%p add.u32 %r1, %r0, 1;
                ret;
            }
            """;
        using EmulatedMemory memory = new();
        using EmulatedModule module = new(PtxModule.Parse(Text), memory);

        ulong[] parameters = [0];
        EmulatorSpeed speed = EmulatorSpeed.Measure(module, "k", 3, 40, MemoryMarshal.AsBytes<ulong>(parameters), 1);

        Assert.Equal(3 * ((40 * 3) + 10), speed.LaneInstructions);
        Assert.True(speed.LaneInstructionsPerSecond > 0);
    }
}
