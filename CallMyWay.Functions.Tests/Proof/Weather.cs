namespace CallMyWay.Functions.Tests.Proof;

/// <summary>What becomes of a request to the storage, the channel or the operator.</summary>
internal enum Fate
{
    Done,

    /// <summary>It fails, and nothing of it was done.</summary>
    FailsBefore,

    /// <summary>It is done, and its answer is lost.</summary>
    FailsAfter,

    /// <summary>It is done twice.</summary>
    Repeated,

    /// <summary>The process ends before it is done.</summary>
    CrashesBefore,

    /// <summary>The process ends after it is done.</summary>
    CrashesAfter,
}

/// <summary>All chance of a run: the same seed gives the same.</summary>
internal sealed class Weather
{
    private const double Stormy = 0.03;

    private readonly Random _random;

    private readonly double _failure;

    private readonly double _crash;

    private readonly double _delay;

    private bool _isFair = true;

    public Weather(int seed)
    {
        _random = new Random(seed);
        // A run in eight has no fault but what two processes do to each other, and one in eight has many.
        (_failure, _crash, _delay) = (seed % 8) switch
        {
            0 => (0, 0, 0),
            7 => (Stormy, 0.002, 0.01),
            var kind => (0.003 * kind, 0.001, 0.0005 * kind),
        };
    }

    /// <summary>True where no request fails and no process ends.</summary>
    public bool IsCalm => _failure == 0;

    /// <summary>True where so much fails that a few minutes can pass without a dial.</summary>
    public bool IsStormy => _failure >= Stormy;

    public Random Random => _random;

    /// <summary>From now on things fail.</summary>
    public void Begin() => _isFair = false;

    /// <summary>From now on nothing fails any more.</summary>
    public void ClearUp() => _isFair = true;

    public bool Happens(double chance) => _random.NextDouble() < chance;

    public T One<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    public Fate Next()
    {
        var draw = _random.NextDouble();
        if (_isFair)
        {
            return Fate.Done;
        }

        return draw < _failure ? Fate.FailsBefore
            : draw < 2 * _failure ? Fate.FailsAfter
            : draw < 3 * _failure ? Fate.Repeated
            : draw < (3 * _failure) + _crash ? Fate.CrashesBefore
            : draw < (3 * _failure) + (2 * _crash) ? Fate.CrashesAfter
            : Fate.Done;
    }

    /// <summary>How long a request is on its way.</summary>
    public TimeSpan Way()
    {
        var (draw, length) = (_random.NextDouble(), _random.NextDouble());
        return _isFair || draw > _delay ? TimeSpan.FromMilliseconds(1 + (6 * length))
            // Longer than a message stays hidden, now and then.
            : draw < _delay / 10 ? TimeSpan.FromSeconds(20 + (50 * length))
            : TimeSpan.FromSeconds(5 * length);
    }
}
