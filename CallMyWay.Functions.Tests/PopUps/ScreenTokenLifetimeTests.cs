using System.Globalization;
using System.Text.RegularExpressions;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.PopUps;

/// <summary>
/// How long a connection to Azure SignalR Service lasts. Its package is not in this build, so the hub is read as text.
/// </summary>
public sealed partial class ScreenTokenLifetimeTests
{
    [Fact]
    public void Each_Connection_Ends_With_Its_Token_And_The_Console_Renews_It()
    {
        SourceFiles.Read("CallMyWay.Functions/Adapters/Screens/CallHub.cs")
            .ShouldContain("CloseOnAuthenticationExpiration = true,");
        SourceFiles.Read("web/src/main.ts").ShouldContain("__AZURE__ ? (await import('./pop-ups/lasting-channel.js'))");

        var renewal = RenewMinutes().Match(SourceFiles.Read("web/src/pop-ups/lasting-channel.ts"))
            .Groups["minutes"].Value;
        // A wait is up to a tenth longer, and one more try comes a minute later in a hidden tab.
        ((double.Parse(renewal, CultureInfo.InvariantCulture) * 1.1) + 1)
            .ShouldBeLessThan(ScreenTokenLifetime.Longest.TotalMinutes);
    }

    [GeneratedRegex(@"const renewMs = (?<minutes>\d+) \* minuteMs;", RegexOptions.ExplicitCapture)]
    private static partial Regex RenewMinutes();
}
