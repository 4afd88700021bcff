namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>The bodies that stand as files under Payloads/.</summary>
internal static class Payload
{
    public static string Text(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Payloads", file));
}
