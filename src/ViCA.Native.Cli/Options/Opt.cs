using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Options;

/// <summary>The kinds of options: each says in its own words what it expects, in any culture.</summary>
internal static class Opt
{
    /// <summary>An option that is there or not.</summary>
    public static Option<bool> Flag(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>A text; null when it is not given.</summary>
    public static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Arity = ArgumentArity.ExactlyOne };

    /// <summary>A text that must be given.</summary>
    public static Option<string> RequiredText(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Arity = ArgumentArity.ExactlyOne, Required = true };

    /// <summary>A text that may be given again and again; each time with one value.</summary>
    public static Option<string[]> Texts(string name, string value, string description) =>
        new(name)
        {
            Description = description,
            HelpName = value,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
            DefaultValueFactory = _ => [],
        };

    /// <summary>A whole number in a range, in digits.</summary>
    public static Option<T> Integer<T>(string name, T least, T most, T missing, string description)
        where T : struct, IBinaryInteger<T> => Parsed<T>(
        name,
        "N",
        description,
        FormattableString.Invariant($"{least} to {most}"),
        missing,
        text => T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out T value)
            && value >= least && value <= most ? value : null);

    /// <summary>A decimal number; <paramref name="expected"/> says which <paramref name="holds"/> accepts.</summary>
    public static Option<double> Number(
        string name, string expected, Func<double, bool> holds, double missing, string description) => Parsed<double>(
        name,
        "X",
        description,
        expected,
        missing,
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value) && holds(value) ? value : null);

    /// <summary>A size: bytes, or a number with KiB, MiB, GiB, kB, MB or GB.</summary>
    public static Option<long> Bytes(string name, long missing, string description) =>
        Parsed(name, "SIZE", description, "a size such as 500MB or 2GiB", missing, ParseBytes);

    /// <summary>The same option, but it must be given.</summary>
    public static Option<T> Required<T>(Option<T> option)
    {
        option.Required = true;
        option.DefaultValueFactory = null;
        return option;
    }

    /// <summary>One of a few words.</summary>
    public static Option<T> Choice<T>(string name, string description, params (string Word, T Value)[] words)
        where T : struct
    {
        string expected = string.Join('|', words.Select(word => word.Word));
        return Parsed<T>(
            name,
            expected,
            description,
            expected,
            words[0].Value,
            text => Array.Find(words, word => word.Word == text) is { Word: not null } found ? found.Value : null);
    }

    /// <summary>An option whose value a function reads; null means that it is not what was expected.</summary>
    public static Option<T> Parsed<T>(
        string name, string value, string description, string expected, T missing, Func<string, T?> parse)
        where T : struct
    {
        T Read(ArgumentResult result)
        {
            string text = result.Tokens[0].Value;
            if (parse(text) is { } parsed)
                return parsed;
            result.AddError($"{name} = {PrintableText.Clip(text)} (expected {expected})");
            return missing;
        }

        return new Option<T>(name)
        {
            Description = description,
            HelpName = value,
            Arity = ArgumentArity.ExactlyOne,
            DefaultValueFactory = _ => missing,
            CustomParser = Read,
        };
    }

    private static long? ParseBytes(string text)
    {
        (string Unit, long Factor)[] units =
        [
            ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30),
            ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("", 1),
        ];
        (string unit, long factor) = units.First(unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        string digits = text[..^unit.Length];
        bool isNumber = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count);
        return isNumber && count <= long.MaxValue / factor ? count * factor : null;
    }
}
