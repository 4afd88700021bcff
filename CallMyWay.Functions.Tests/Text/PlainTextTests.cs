using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Tests.Text;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("  ", null)]
    [InlineData("\u0001\u0002", null)]
    [InlineData(" Ana\u0000Mora ", "Ana Mora")]
    [InlineData("a\nb\tc", "a\nb\tc")]
    public void Control_Characters_Are_Removed(string? written, string? kept) => PlainText.Of(written).ShouldBe(kept);
}
