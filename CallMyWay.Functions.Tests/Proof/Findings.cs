using System.Globalization;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>What was done in a run, and what is wrong with it.</summary>
internal sealed class Findings(Scheduler scheduler)
{
    private const int Shown = 40;

    private readonly List<(DateTimeOffset At, string Who, string What, Fate Fate)> _trace = [];

    private readonly List<string> _wrong = [];

    private ulong _digest = 14695981039346656037;

    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>A number that stands for all that was done, in its order.</summary>
    public ulong Digest => _digest;

    public void Note(string who, string what, Fate fate = Fate.Done)
    {
        _trace.Add((scheduler.Now, who, what, fate));
        Mix((ulong)scheduler.Now.UtcTicks);
        Mix((ulong)fate);
        foreach (var c in what)
        {
            Mix(c);
        }
    }

    public void Add(string wrong)
    {
        _wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{scheduler.Now:HH:mm:ss.fff} {wrong}"));
        Note("proof", "found: " + wrong);
    }

    public void Check(bool isRight, string wrong)
    {
        if (!isRight)
        {
            Add(wrong);
        }
    }

    /// <summary>The last things that were done.</summary>
    public string Trace(int most = Shown) => string.Join(
        '\n',
        _trace.TakeLast(most).Select(each => string.Create(
            CultureInfo.InvariantCulture,
            $"{each.At:HH:mm:ss.fff} {each.Who,-10} {each.What}{(each.Fate == Fate.Done ? "" : $" [{each.Fate}]")}")));

    private void Mix(ulong value) => _digest = (_digest ^ value) * 1099511628211;
}
