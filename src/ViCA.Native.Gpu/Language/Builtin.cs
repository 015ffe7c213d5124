namespace ViCA.Native.Gpu.Language;

/// <summary>What the compiler builds itself.</summary>
internal enum Builtin
{
    GlobalReference,
    SharedReference,
    GlobalIndex,
    SharedAllocate,
    RegistersElement,
    LoadReadOnly,
    LoadVector,
    LoadVectorReadOnly,
    LoadVectorIf,
    LoadIf,
    StoreVector,
    StoreIf,
    StoreVectorIf,
    Select,
    UnrollFull,
    UnrollNone,
    AtomicAdd,
    AtomicMin,
    AtomicMax,
    AtomicExchange,
    AtomicCompareExchange,
    BFloat16FromFloat,
    LoadAcquire,
    StoreRelease,
}
