using System.Diagnostics;
using System.Globalization;

namespace CallMyWay.LocalHost.Copy;

/// <summary>Reports the progress to whoever started the command: each step, and every few seconds a count.</summary>
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

    /// <summary>Begins a step of <paramref name="of"/> rows.</summary>
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
