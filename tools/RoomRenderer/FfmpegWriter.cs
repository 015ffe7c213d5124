using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace RoomRenderer;

/// <summary>Encodes frames as H.264 (yuv420p, closed groups of one second) in MP4 with the ffmpeg program.</summary>
internal sealed class FfmpegWriter : IFrameWriter
{
    private readonly string _path;
    private readonly string _partial;
    private readonly Process _process;

    private FfmpegWriter(string path, string partial, Process process) =>
        (_path, _partial, _process) = (path, partial, process);

    /// <summary>Starts ffmpeg; null when there is no such program.</summary>
    public static FfmpegWriter? TryStart(string path, int width, int height, int fps, int crf)
    {
        var partial = path + ".partial";
        var number = CultureInfo.InvariantCulture;
        var size = string.Create(number, $"{width}x{height}");
        string[] arguments =
        [
            "-v", "error", "-nostdin", "-y",
            "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-r", fps.ToString(number), "-i", "pipe:0",
            "-vf", "scale=out_color_matrix=bt709:out_range=tv", "-pix_fmt", "yuv420p",
            "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
            "-c:v", "libx264", "-preset", "slow", "-crf", crf.ToString(number), "-threads", "1",
            "-g", fps.ToString(number), "-x264-params", "open-gop=0", "-fflags", "+bitexact", "-flags:v", "+bitexact",
            "-movflags", "+faststart", "-f", "mp4", partial,
        ];
        try
        {
            var start = new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardInput = true };
            return new FfmpegWriter(path, partial, Process.Start(start)!);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public void Write(byte[] rgb) => _process.StandardInput.BaseStream.Write(rgb);

    public void Finish()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        if (_process.ExitCode != 0)
            throw new IOException($"ffmpeg: encoding failed (expected exit code 0, found {_process.ExitCode})");
        File.Move(_partial, _path, overwrite: true);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        File.Delete(_partial);
    }
}
