using System.Diagnostics;
using System.Globalization;

namespace CallMyWay.LocalHost.Copy;

/// <summary>What is told of the work to whoever started it: each step, and every few seconds how far it is.</summary>
internal sealed class CopyProgress(TextWriter output)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();

    private string _step = "";
    private long _of;
    private long _done;
    private long _lastTold;

    public void Say(string line)
    {
        lock (_gate)
        {
            output.WriteLine(line);
        }
    }

    /// <summary>Begins a step of so many rows.</summary>
    public void Begin(string step, long of)
    {
        lock (_gate)
        {
            (_step, _of, _done, _lastTold) = (step, of, 0, Stopwatch.GetTimestamp());
        }
    }

    public void Count(int rows)
    {
        lock (_gate)
        {
            _done += rows;
            if (Stopwatch.GetElapsedTime(_lastTold) >= Pause)
            {
                _lastTold = Stopwatch.GetTimestamp();
                output.WriteLine($"  {_step}: {Number(_done)} of {Number(_of)}");
            }
        }
    }

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
