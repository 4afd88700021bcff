using System.Globalization;
using System.Text;

namespace CallMyWay.Benchmarks;

/// <summary>
/// A notification's body, as in the tests. What differs between calls (the call id, the endpoint and the caller) is
/// written in place, so that the load costs little. The times are current, as old calls get no pop-ups.
/// </summary>
internal sealed class Notification
{
    private const string Id = "b-0000-000000000";
    private const string EndpointId = "ep-000";
    private const string Caller = "80000000";

    private readonly byte[] _bytes;
    private readonly int _id;
    private readonly int _endpoint;
    private readonly int _caller;

    /// <summary>What the ids of a run's calls begin with.</summary>
    public static string IdPrefix(int run) =>
        Id[..2] + (run % 10_000).ToString("D4", CultureInfo.InvariantCulture) + Id[6..7];

    public Notification(bool ends, int run)
    {
        using var file = new StreamReader(
            typeof(Notification).Assembly.GetManifestResourceStream(ends ? "call-end-in.json" : "call-start-in.json")!);
        // The operator is in Costa Rica, six hours behind.
        var now = DateTime.UtcNow.AddHours(-6);
        var text = file.ReadToEnd()
            .Replace(
                "c-1001",
                Id[..2] + (run % 10_000).ToString("D4", CultureInfo.InvariantCulture) + Id[6..],
                StringComparison.Ordinal)
            .Replace("ep-1", EndpointId, StringComparison.Ordinal)
            .Replace("88887777", Caller, StringComparison.Ordinal)
            .Replace("2026-03-02 09:15:00", Text(now), StringComparison.Ordinal)
            .Replace("2026-03-02 09:15:08", Text(now.AddSeconds(8)), StringComparison.Ordinal)
            .Replace("2026-03-02 09:17:20", Text(now.AddSeconds(140)), StringComparison.Ordinal);
        _bytes = Encoding.UTF8.GetBytes(text);
        _id = _bytes.AsSpan().IndexOf("b-"u8) + 7;
        _endpoint = _bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(EndpointId)) + 3;
        _caller = _bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Caller));
    }

    public int Length => _bytes.Length;

    /// <summary>
    /// Writes the body for the call with this number, to the next agent in turn, from one of the contacts.
    /// </summary>
    public void Write(Span<byte> to, long call, int agents, int contacts)
    {
        _bytes.CopyTo(to);
        Digits(to.Slice(_id, 9), call);
        Digits(to.Slice(_endpoint, 3), call % agents);
        Digits(to.Slice(_caller, 8), People.NumberOf((int)(call * 7919 % contacts)));
    }

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static void Digits(Span<byte> to, long number)
    {
        for (var i = to.Length - 1; i >= 0; i--)
        {
            to[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
