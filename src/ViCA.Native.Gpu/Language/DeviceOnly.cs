using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Language;

/// <summary>What members of the kernel language do when the host calls them.</summary>
internal static class DeviceOnly
{
    /// <exception cref="InvalidOperationException">Always.</exception>
    [DoesNotReturn]
    public static void Throw([CallerMemberName] string member = "") => throw Error(member);

    /// <exception cref="InvalidOperationException">Always.</exception>
    [DoesNotReturn]
    public static T Throw<T>([CallerMemberName] string member = "") => throw Error(member);

    private static InvalidOperationException Error(string member) => new(
        $"{member} belongs to the kernel language and has no meaning on the host; call it from the Execute method of a "
        + "kernel and run the kernel with GpuDevice.Launch");
}
