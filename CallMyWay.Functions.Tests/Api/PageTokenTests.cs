using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Tests.Api;

/// <summary>Where a page begins, and the way back to those before it.</summary>
public sealed class PageTokenTests
{
    [Fact]
    public void A_Token_Is_Read_As_It_Was_Written()
    {
        var first = PageToken.Of("team~north", "100~c-1~8000001");
        var second = new PageToken("team~north", "200~c-2~8000001").After(first);
        var third = new PageToken("team~north", "300~c-3~8000001").After(second);

        var read = Read(third.ToString());

        (read.Partition, read.Key, read.IsAtRow, read.From)
            .ShouldBe(("team~north", "300~c-3~8000001", false, "300~c-3~8000001 "));
        var back = read.Previous().ShouldNotBeNull();
        back.ToString().ShouldBe(second.ToString());
        back = Read(back.Previous().ShouldNotBeNull().ToString());
        (back.Key, back.IsAtRow, back.From).ShouldBe(("100~c-1~8000001", true, "100~c-1~8000001"));
        back.Previous().ShouldBeNull();
    }

    [Fact]
    public void A_Token_Of_An_Earlier_Release_Has_No_Way_Back() =>
        Read(System.Buffers.Text.Base64Url.EncodeToString("all 100~c~a"u8)).Previous().ShouldBeNull();

    [Theory]
    [InlineData(10)]
    [InlineData(240)]
    public void The_Way_Back_Is_As_Long_As_An_Address_Can_Be(int length)
    {
        var token = new PageToken("all", "0");
        for (var i = 1; i <= 50; i++)
        {
            token = new PageToken("all", $"{i:D3}{new string('x', length)}").After(token);
        }

        var text = token.ToString();
        text.Length.ShouldBeLessThanOrEqualTo(4096);
        var pages = new List<string>();
        for (var back = Read(text).Previous(); back is not null; back = Read(back.ToString()).Previous())
        {
            pages.Add(back.Key[..3]);
        }

        // The nearest pages, the oldest of which are forgotten.
        pages.Count.ShouldBe(length == 10 ? PageToken.MostBack : 11);
        pages.ShouldBe(Enumerable.Range(0, pages.Count).Select(i => $"{49 - i:D3}"));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("all key /")]
    [InlineData("all ==key")]
    [InlineData("all  key")]
    [InlineData("=all key")]
    public void What_Is_No_Token_Is_Refused(string text) =>
        PageToken.TryParse(System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.ASCII.GetBytes(text)), out _)
            .ShouldBeFalse();

    private static PageToken Read(string text)
    {
        PageToken.TryParse(text, out var token).ShouldBeTrue();
        return token.ShouldNotBeNull();
    }
}
