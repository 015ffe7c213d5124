using System.Runtime.CompilerServices;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>
/// Elementary functions on float vectors, accurate to about one unit in the last place. The polynomials were fitted at
/// Chebyshev nodes of the intervals named beside them.
/// </summary>
internal static class VectorMath
{
    /// <summary>e^x; 0 below -87.7, e^88 above 88.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        x = TSimd.Min(TSimd.Max(x, TSimd.Broadcast(-88.0f)), TSimd.Broadcast(88.0f));
        TVector n = TSimd.Round(TSimd.Multiply(x, TSimd.Broadcast(1.44269504f)));

        // ln 2 in two parts: n times the first is exact.
        TVector r = TSimd.MultiplyAdd(n, TSimd.Broadcast(-0.693359375f), x);
        r = TSimd.MultiplyAdd(n, TSimd.Broadcast(2.12194440e-4f), r);

        // e^r on [-ln 2 / 2, ln 2 / 2], relative error 2.5e-9
        TVector p = TSimd.Broadcast(0.0013941108442215937f);
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(0.00837512640048095f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(0.04166635289663744f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(0.16666415514625016f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(0.5f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(1f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(1f));
        return TSimd.ScaleByPowerOfTwo(p, n);
    }

    /// <summary>1 / (1 + e^-x)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector one = TSimd.Broadcast(1f);
        return TSimd.Divide(one, TSimd.Add(one, Exp<TSimd, TVector>(TSimd.Negate(x))));
    }

    /// <summary>The error function.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Erf<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector t = TSimd.Min(TSimd.Abs(x), TSimd.Broadcast(4f));
        TVector s = TSimd.Multiply(t, t);

        // erf(t) / t in t² on [0, 1], relative error 4e-11
        TVector p = TSimd.Broadcast(-9.667044686599499e-06f);
        p = TSimd.MultiplyAdd(p, s, TSimd.Broadcast(0.00011265959061437438f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Broadcast(-0.0008484080409427272f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Broadcast(0.005221031808012272f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Broadcast(-0.02686543072766611f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Broadcast(0.11283782495235466f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Broadcast(-0.3761263846802857f));
        p = TSimd.MultiplyAdd(p, s, TSimd.Broadcast(1.1283791670615435f));
        TVector small = TSimd.Multiply(p, t);

        // -ln(1 - erf(t)) on [0.95, 4], error of 1 - erf(t) 2e-9
        TVector q = TSimd.Broadcast(-1.6426789687745518e-06f);
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(4.616478516855009e-05f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(-0.000597677274983527f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(0.004763509663565274f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(-0.026431643283654972f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(0.11009724250717948f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(0.6318095501294378f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(1.130241877484419f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(-0.0003218662577946113f));
        TVector large = TSimd.Subtract(TSimd.Broadcast(1f), Exp<TSimd, TVector>(TSimd.Negate(q)));

        return TSimd.CopySign(TSimd.SelectLess(t, TSimd.Broadcast(1f), small, large), x);
    }
}
