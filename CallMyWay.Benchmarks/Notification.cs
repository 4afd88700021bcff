using System.Globalization;
using System.Text;

namespace CallMyWay.Benchmarks;

/// <summary>
/// A notification's body, as in the tests. What differs between calls (the call id, the endpoint, the caller and the
/// times) is written in place, so that the load costs little. The times are those at which it is sent: old calls get no
/// pop-ups, and a start that comes late is compared with the records of all calls of that moment.
/// </summary>
internal sealed class Notification
{
    private const string Id = "b-0000-000000000";
    private const string EndpointId = "ep-000";
    private const string Caller = "80000000";
    private const string TimeForm = "yyyy-MM-dd HH:mm:ss";

    // What the times of the body are, in seconds from when the call was detected.
    private static readonly (string Written, int Seconds)[] Told =
        [("2026-03-02 09:15:00", 0), ("2026-03-02 09:15:08", 8), ("2026-03-02 09:17:20", 140)];

    private readonly byte[] _bytes;
    private readonly int _id;
    private readonly int _endpoint;
    private readonly int _caller;
    private readonly (int Place, int Seconds)[] _times;

    // Made once for each second. Several threads may make it at once, and write the same.
    private volatile Moment _now = new(0, []);

    /// <summary>What the ids of a run's calls begin with.</summary>
    public static string IdPrefix(int run) =>
        Id[..2] + (run % 10_000).ToString("D4", CultureInfo.InvariantCulture) + Id[6..7];

    public Notification(bool ends, int run)
    {
        using var file = new StreamReader(
            typeof(Notification).Assembly.GetManifestResourceStream(ends ? "call-end-in.json" : "call-start-in.json")!);
        var text = file.ReadToEnd()
            .Replace(
                "c-1001",
                Id[..2] + (run % 10_000).ToString("D4", CultureInfo.InvariantCulture) + Id[6..],
                StringComparison.Ordinal)
            .Replace("ep-1", EndpointId, StringComparison.Ordinal)
            .Replace("88887777", Caller, StringComparison.Ordinal);
        _bytes = Encoding.UTF8.GetBytes(text);
        _id = _bytes.AsSpan().IndexOf("b-"u8) + 7;
        _endpoint = _bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(EndpointId)) + 3;
        _caller = _bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Caller));
        _times =
        [
            .. from told in Told
               let place = _bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(told.Written))
               where place >= 0
               select (place, told.Seconds),
        ];
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
        var second = DateTime.UtcNow.Ticks / TimeSpan.TicksPerSecond;
        var now = _now;
        if (now.Second != second)
        {
            _now = now = new Moment(second, [.. _times.Select(time => TextOf(second + time.Seconds))]);
        }

        for (var i = 0; i < _times.Length; i++)
        {
            now.Times[i].CopyTo(to[_times[i].Place..]);
        }
    }

    // The operator is in Costa Rica, six hours behind.
    private static byte[] TextOf(long second) => Encoding.UTF8.GetBytes(
        new DateTime(second * TimeSpan.TicksPerSecond, DateTimeKind.Utc).AddHours(-6)
            .ToString(TimeForm, CultureInfo.InvariantCulture));

    private static void Digits(Span<byte> to, long number)
    {
        for (var i = to.Length - 1; i >= 0; i--)
        {
            to[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }

    /// <summary>The texts of the times of a body that is sent in this second.</summary>
    private sealed record Moment(long Second, byte[][] Times);
}
