namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>The notification bodies in files under Payloads/.</summary>
internal static class Payload
{
    public static string Text(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Payloads", file));
}
