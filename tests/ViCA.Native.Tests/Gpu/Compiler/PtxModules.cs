using System.Text;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>Many kernels in one module, so that the assembler starts once.</summary>
internal static class PtxModules
{
    /// <summary>The entries of modules of one target, without their lines of C#.</summary>
    public static string Join(IEnumerable<string> modules)
    {
        StringBuilder text = new();
        foreach (string module in modules)
        {
            int entry = module.IndexOf(".visible .entry", StringComparison.Ordinal);
            if (text.Length == 0)
                text.Append(module.AsSpan(0, module.IndexOf(".address_size", StringComparison.Ordinal))).Append(".address_size 64\n");
            int end = module.IndexOf("\n}\n", entry, StringComparison.Ordinal) + "\n}\n".Length;
            foreach (string line in module[entry..end].Split('\n'))
            {
                if (!line.StartsWith("    .loc", StringComparison.Ordinal))
                    text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }
}
