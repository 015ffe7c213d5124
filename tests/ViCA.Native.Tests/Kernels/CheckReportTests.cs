using System.Text.Json;
using ViCA.Native.Cli;
using ViCA.Native.Cli.KernelCheck;

namespace ViCA.Native.Tests.Kernels;

public sealed class CheckReportTests
{
    private static readonly CheckReport Report = new(
        new CheckedDevice("NVIDIA H200 (x)", "9.0", "NVRM 1", "12.4", 132, 4e12, 6e13),
        [
            new("Add/BF16/1x8", true, "emulator", true, 0, [new("Add<bf16, 8>", 10, 24, 0, 0)], 8_000_000, 0, null, false),
            new("Linear/x", true, "cpu", false, 0.001, [new("Convert<bf16, fp32, 8>", 2, 16, 0, 0), new("Gemm<x>", 8, 96, 0, 8192)],
                1000, 3e8, null, false),
            CaseResult.Failed("Softmax/y", "[device_fault] gone", endsWorker: true),
        ],
        new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        61.4);

    [Fact]
    public void Text_HasARowForEachLaunch_AndSaysWhatIsWrong()
    {
        StringWriter text = new() { NewLine = "\n" };

        Report.WriteText(text);

        Assert.Equal(
            """
            NVIDIA H200 (x), compute capability 9.0, 132 multiprocessors
            driver NVRM 1, CUDA 12.4
            peak of the memory 4000 GB/s
            peak of fp32 FMA 60000 GFLOP/s
            case          kernel                  result  against         difference    us   GB/s  GFLOP/s  share  of        regs  local  shared
            Add/BF16/1x8  Add<bf16, 8>            passed  emulator, bits      0.0e+0  10.0  800.0            20 %  memory      24      0       0
            Linear/x      2 launches              passed  cpu                 1.0e-3  10.0    0.1  30000.0   50 %  fp32 FMA
                          Convert<bf16, fp32, 8>                                       2.0                                     16      0       0
                          Gemm<x>                                                      8.0                                     96      0    8192
            Softmax/y                             failed
            Softmax/y: [device_fault] gone
            2 passed, 1 failed in 61 s

            """,
            text.ToString());
    }

    [Fact]
    public void Json_HasTheDeviceAndEveryCase()
    {
        StringWriter text = new();
        CliConsole.WriteJson(text, Report.WriteJson);
        JsonElement json = JsonDocument.Parse(text.ToString()).RootElement;

        Assert.False(json.GetProperty("passed").GetBoolean());
        Assert.Equal("NVRM 1", json.GetProperty("device").GetProperty("driver").GetString());
        JsonElement gemm = json.GetProperty("cases")[1];
        Assert.Equal(10, gemm.GetProperty("microseconds").GetDouble());
        Assert.Equal(0.5, gemm.GetProperty("share").GetDouble(), 1e-9);
        Assert.Equal(8192, gemm.GetProperty("kernels")[1].GetProperty("sharedBytes").GetInt32());
        Assert.Equal("[device_fault] gone", json.GetProperty("cases")[2].GetProperty("message").GetString());
    }

    [Fact]
    public void FileName_IsTheDayAndTheDevice() => Assert.Equal("2026-03-04-nvidia-h200-x", Report.FileName);
}
