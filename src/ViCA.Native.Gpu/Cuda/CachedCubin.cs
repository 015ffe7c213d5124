namespace ViCA.Native.Gpu.Cuda;

/// <summary>Machine code and what the driver's compiler said when it made it.</summary>
internal sealed record CachedCubin(byte[] Cubin, string Log);
