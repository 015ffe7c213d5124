using ViCA.Native.Generation;

namespace ViCA.Native.Tests.Generation;

public sealed class PythonTextTests
{
    [Fact]
    public void IsSpace_IsPythonsForEveryCharacter()
    {
        // [c for c in range(0x110000) if chr(c).isspace()] in Python 3.11
        int[] expected =
        [
            .. Enumerable.Range(0x09, 5), .. Enumerable.Range(0x1C, 5), 0x85, 0xA0, 0x1680,
            .. Enumerable.Range(0x2000, 11), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
        ];

        Assert.Equal(expected, Enumerable.Range(0, 0x10000).Where(c => PythonText.IsSpace((char)c)));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" \u001C\t", "")]
    [InlineData("\u001F 4 chairs\u3000\u0085", "4 chairs")]
    [InlineData("\u200B4\uFEFF", "\u200B4\uFEFF")]
    public void Strip_RemovesWhatPythonRemoves(string text, string expected) =>
        Assert.Equal(expected, PythonText.Strip(text));
}
