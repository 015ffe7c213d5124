using System.Reflection;

namespace ViCA.Native.Kernels;

/// <summary>Where the kernels of the model are.</summary>
public static class KernelLibrary
{
    /// <summary>This assembly.</summary>
    public static Assembly Assembly => typeof(KernelLibrary).Assembly;
}
