using System.Diagnostics;
using System.Numerics;

namespace CallMyWay.Benchmarks;

/// <summary>
/// A histogram of times with an error of at most 2 %. Counting must cost next to nothing compared with what is
/// measured.
/// </summary>
internal sealed class Latencies
{
    private const int StepsOfDoubling = 64;

    // In units of 100 ns. The largest is some hours.
    private readonly long[] _counts = new long[StepsOfDoubling * 40];

    public long Count { get; private set; }

    public static Latencies Sum(IEnumerable<Latencies> parts)
    {
        var sum = new Latencies();
        foreach (var part in parts)
        {
            sum.Count += part.Count;
            for (var i = 0; i < sum._counts.Length; i++)
            {
                sum._counts[i] += part._counts[i];
            }
        }

        return sum;
    }

    public void Add(long startTimestamp) => Add(Stopwatch.GetElapsedTime(startTimestamp));

    public void Add(TimeSpan time)
    {
        Count++;
        _counts[IndexOf((ulong)Math.Max(0, time.Ticks))]++;
    }

    /// <summary>In milliseconds.</summary>
    public double Percentile(double percent)
    {
        var wanted = (long)Math.Ceiling(Count * percent / 100);
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted && seen > 0)
            {
                return ValueOf(i) / (double)TimeSpan.TicksPerMillisecond;
            }
        }

        return 0;
    }

    private static int IndexOf(ulong ticks)
    {
        if (ticks < StepsOfDoubling)
        {
            return (int)ticks;
        }

        var shift = BitOperations.Log2(ticks) - 6;
        return ((shift + 1) * StepsOfDoubling) + (int)((ticks >> shift) - StepsOfDoubling);
    }

    private static double ValueOf(int index)
    {
        var (doubling, step) = (index / StepsOfDoubling, index % StepsOfDoubling);
        return doubling == 0 ? step : (double)((ulong)(StepsOfDoubling + step) << (doubling - 1));
    }
}
