using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace CallMyWay.Functions.Tests.Operator;

public sealed class PasswordMaskTests
{
    private const string Simple = "Zq7xvJw";

    // All characters exist in Latin-1 too.
    private const string Hard = "Año <ñ> & \"?=%+\\/' zqxvjw£";

    // Making a mask takes half a second; it can then be used for any number of texts.
    private static readonly Dictionary<string, PasswordMask> Masks =
        new[] { Simple, Hard }.ToDictionary(password => password, password => PasswordMask.Of(password));

    /// <summary>The ways in which an answer can repeat a text.</summary>
    private static readonly (string Name, Func<string, string> Write)[] Spellings =
    [
        ("as it is", text => text),
        ("upper case", text => text.ToUpperInvariant()),
        ("lower case", text => text.ToLowerInvariant()),
        ("address", Uri.EscapeDataString),
        ("address in lower case", text => Uri.EscapeDataString(text).ToLowerInvariant()),
        ("address twice", text => Uri.EscapeDataString(Uri.EscapeDataString(text))),
        ("address three times", text => Uri.EscapeDataString(Uri.EscapeDataString(Uri.EscapeDataString(text)))),
        ("form", text => WebUtility.UrlEncode(text)),
        ("address in Latin-1", text => string.Concat(Encoding.Latin1.GetBytes(text).Select(b => $"%{b:X2}"))),
        ("every byte", text => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => $"%{b:x2}"))),
        ("page", text => WebUtility.HtmlEncode(text)),
        ("page in a page", text => WebUtility.HtmlEncode(WebUtility.HtmlEncode(text))),
        ("page in numbers", text => string.Concat(
            text.Select(c => $"&#{((int)c).ToString("D4", CultureInfo.InvariantCulture)};"))),
        ("page in hexadecimal", text => string.Concat(text.Select(c => $"&#x{(int)c:X};"))),
        ("page with names", text => WebUtility.HtmlEncode(text).Replace(
            "&#241;", "&ntilde;", StringComparison.Ordinal).Replace("&#39;", "&apos;", StringComparison.Ordinal)),
        ("address in a page", text => WebUtility.HtmlEncode(Uri.EscapeDataString(text))),
        ("JSON", text => JsonSerializer.Serialize(text)[1..^1]),
        ("JSON as it is", text => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value),
        ("PHP's JSON", text => JsonEncodedText.Encode(
            text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value.Replace("/", "\\/", StringComparison.Ordinal)),
        ("JSON in JSON", text => JsonSerializer.Serialize(JsonSerializer.Serialize(text)[1..^1])[1..^1]),
        ("script", text => string.Concat(Encoding.Latin1.GetBytes(text).Select(b => $"\\x{b:x2}"))),
        ("Base64", text => Base64(text)),
        ("Base64 without padding", text => Base64(text).TrimEnd('=')),
        ("Base64 for addresses", text => Base64(text).TrimEnd('=').Replace('+', '-').Replace('/', '_')),
        ("Base64 in an address", text => Uri.EscapeDataString(Base64(text))),
        ("Base64 of a sign-in", text => Base64("8000001:" + text)),
        ("Base64 of a query", text => Base64($"username=8000001&password={text}&first_num=1")),
        ("Base64 of one more", text => Base64("a" + text + "bc")),
        ("Base64 of Latin-1", text => Convert.ToBase64String(Encoding.Latin1.GetBytes(text))),
        ("hexadecimal", text => Convert.ToHexString(Encoding.UTF8.GetBytes(text))),
        ("hexadecimal in lower case", text => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text))),
        ("bytes", text => BitConverter.ToString(Encoding.UTF8.GetBytes(text))),
        ("Latin-1 that was read as UTF-8", text => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text))),
        ("UTF-8 that was read as Latin-1", text => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text))),
    ];

    public static IEnumerable<object[]> All =>
        from spelling in Spellings from password in new[] { Simple, Hard } select new object[] { spelling.Name, password };

    [Theory]
    [MemberData(nameof(All))]
    public void The_Password_Is_Removed_In_Each_Usual_Spelling(string spelling, string password)
    {
        var written = Spellings.Single(each => each.Name == spelling).Write(password);

        Masks[password].Apply($"before {written} after", isWhole: true).ShouldBe("before *** after");
        Masks[password].Apply($"{{\"p\":\"{written}\"}}<p>{written}</p>", isWhole: true)
            .ShouldBe("{\"p\":\"***\"}<p>***</p>");
    }

    [Theory]
    [InlineData("OK")]
    [InlineData("ERROR: usuario o clave incorrectos")]
    [InlineData("{\"error\":\"saldo insuficiente\",\"id\":7}")]
    [InlineData("aHR0cHM6Ly93d3cuY2FsbG15d2F5LmNvbQ==")]
    public void An_Answer_Without_The_Password_Stays_As_It_Is(string text)
    {
        Masks[Simple].Apply(text, isWhole: true).ShouldBe(text);
        Masks[Hard].Apply(text, isWhole: true).ShouldBe(text);
    }

    [Fact]
    public void Any_Password_Is_Removed_In_Every_Spelling() => Prop.ForAll(
        Gen.Choose(4, 24)
            .SelectMany(length => Gen.Choose(' ', '~').Select(c => (char)c).ArrayOf(length))
            .Select(chars => $"q{new string(chars)}z")
            .ToArbitrary(),
        password =>
        {
            var mask = PasswordMask.Of(password);
            foreach (var (name, write) in Spellings)
            {
                mask.Apply($"<{write(password)}>", isWhole: true).ShouldBe("<***>", $"{name} of {password}");
            }
        }).Check(Properties.Config(30));

    [Fact]
    public void If_The_Text_Is_Cut_Off_No_Part_Of_The_Password_Is_Left()
    {
        var mask = Masks[Hard];
        foreach (var (name, write) in Spellings)
        {
            var written = write(Hard);
            for (var length = 1; length < written.Length; length++)
            {
                mask.Apply(new string('.', 1000) + written[..length], isWhole: false)
                    .ShouldAllBe(c => c == '.', $"{length} of {name}");
            }
        }
    }

    [Fact]
    public void A_Big_Answer_Is_Searched_Once()
    {
        var mask = PasswordMask.Of(new string('a', 60) + "Zq7");

        // A backtracking search would take hours for these.
        foreach (var part in new[] { "a", "%", "%25", "&amp;", "\\", "YWFh" })
        {
            var text = string.Concat(Enumerable.Repeat(part, 60_000));
            mask.Apply(text, isWhole: true).ShouldBe(text);
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
