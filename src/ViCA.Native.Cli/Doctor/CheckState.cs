namespace ViCA.Native.Cli.Doctor;

/// <summary>What a check found.</summary>
internal enum CheckState
{
    /// <summary>As needed.</summary>
    Ok,

    /// <summary>Good to know; nothing is broken.</summary>
    Note,

    /// <summary>Something needed is missing.</summary>
    Failed,
}
