using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Gpu.Emulator.Profiling;

namespace ViCA.Native.Tests.Emulator.Profiling;

public sealed class InstructionTraitsTests
{
    [Theory]
    [InlineData("fma.rn.f32", InstructionClass.Float, 2)]
    [InlineData("fma.rn.relu.bf16x2", InstructionClass.Float, 4)]
    [InlineData("add.f32", InstructionClass.Float, 1)]
    [InlineData("max.f32", InstructionClass.Float, 0)]
    [InlineData("ex2.approx.ftz.f32", InstructionClass.SpecialFunction, 1)]
    [InlineData("div.s32", InstructionClass.Integer, 0)]
    [InlineData("mad.lo.s32", InstructionClass.Integer, 0)]
    [InlineData("cvt.rn.bf16.f32", InstructionClass.Conversion, 0)]
    [InlineData("ld.global.nc.v4.u32", InstructionClass.GlobalMemory, 0)]
    [InlineData("st.shared::cta.f32", InstructionClass.SharedMemory, 0)]
    [InlineData("ld.param.u64", InstructionClass.Move, 0)]
    [InlineData("ld.local.u32", InstructionClass.OtherMemory, 0)]
    [InlineData("red.global.add.f32", InstructionClass.Atomic, 0)]
    [InlineData("shfl.sync.bfly.b32", InstructionClass.WarpExchange, 0)]
    [InlineData("bar.sync", InstructionClass.Synchronisation, 0)]
    [InlineData("bra.uni", InstructionClass.Control, 0)]
    public void AnOpcode_HasItsClassAndWork(string opcode, InstructionClass expected, int operations)
    {
        Assert.Equal(expected, InstructionTraits.Class(opcode));
        Assert.Equal(operations, InstructionTraits.FloatingPointOperations(opcode));
    }

    [Theory]
    [InlineData("ld.global.u32", true)]
    [InlineData("ld.u32", true)]
    [InlineData("atom.shared.add.u32", true)]
    [InlineData("cp.async.ca.shared.global", true)]
    [InlineData("cp.async.commit_group", false)]
    [InlineData("cp.async.wait_group", false)]
    [InlineData("ld.param.u32", false)]
    [InlineData("add.s32", false)]
    public void OnlyMemoryInstructions_AccessMemory(string opcode, bool accesses) =>
        Assert.Equal(accesses, InstructionTraits.AccessesMemory(opcode));

    [Fact]
    public void APrefix_EndsAtADot()
    {
        EmulatorCounters counters = new(
        [
            Row("ld.global.u32", 1),
            Row("ld.global.v4.u32", 2),
            Row("ld.global", 4),
            Row("cp.async.commit_group", 8),
        ]);

        Assert.Equal(7, counters.Memory("ld.global").Requests);
        Assert.Equal(1, counters.Memory("ld.global.u32").Requests);
        Assert.Equal(0, counters.Memory("ld.glob").Requests);
        Assert.Equal(0, counters.Memory("cp.async").Requests);
    }

    private static InstructionCounters Row(string opcode, long requests) => new()
    {
        Instruction = opcode,
        AccessesMemory = InstructionTraits.AccessesMemory(opcode),
        Requests = requests,
    };
}
