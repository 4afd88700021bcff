using CallMyWay.Functions.Notifications;
using CallMyWay.LocalHost.Demo;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.SignIn;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.Start;

/// <summary>Prints at the start where to go, how to sign in, and what to give the operator.</summary>
internal static class Announcement
{
    public static async Task WriteAsync(WebApplication app, TextWriter output)
    {
        var settings = app.Services.GetRequiredService<HostSettings>();
        var address = app.Urls.First().TrimEnd('/').Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
        var data = app.Services.GetRequiredService<DataFolder>();
        var lines = new List<string> { $"CallMyWay is at {address}", $"  data folder        {data.FullPath}" };
        if (!data.IsPrivate)
        {
            lines.Add("  beware             other users of this machine may read it: its file system keeps no rights");
        }

        if (settings.IsDemo)
        {
            lines.Add($"  demo: sign in as   {string.Join(", ", DemoData.SignIns)} (password {DemoData.Password})");
            lines.Add("  the real thing     start with --demo false");
            if (app.Services.GetRequiredService<DemoSimulator>().Address is { } simulator)
            {
                lines.Add($"  its operator       {simulator} (a simulator: docs/simulator.md)");
            }
        }
        else if (app.Services.GetRequiredService<Setup>().Token is { } token)
        {
            lines.Add($"  first administrator (this link works once, until the next start): {address}/setup#{token}");
        }

        lines.Add(app.Services.GetRequiredService<IOptions<WebhookOptions>>().Value.Keys switch
        {
            [DemoDefaults.WebhookKey] => $"  webhook address    {address}/api/webhooks/callmyway/{DemoDefaults.WebhookKey}",
            // Don't print a real key: it is a secret, and the output may be kept in logs.
            [_, ..] => $"  webhook address    {address}/api/webhooks/callmyway/<the key in Webhook:Keys>",
            _ => "  webhook            closed: set Webhook:Keys:0 to a random text of 22 characters or more",
        });
        lines.Add("Ctrl+C stops it.");
        await output.WriteLineAsync(string.Join(Environment.NewLine, lines));
    }
}
