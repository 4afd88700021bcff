namespace CallMyWay.Functions.ContactLookup;

/// <summary>
/// Leaves a CRM in peace that does not answer: after some failures in a row it is not asked for a minute, and then by
/// one call alone until it answers.
/// </summary>
public sealed class LookupCircuit(TimeProvider clock)
{
    /// <summary>So many failures in a row pause it.</summary>
    public const int Failures = 3;

    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();

    private int _failures;

    private long? _pausedAt;

    private bool _isTrying;

    private string? _version;

    /// <summary>False where the CRM is not to be asked. Who may ask tells what came of it.</summary>
    /// <param name="version">Of the settings: others may lead to another CRM, which has not failed yet.</param>
    public bool TryEnter(string version)
    {
        lock (_gate)
        {
            if (_version != version)
            {
                (_version, _failures, _pausedAt, _isTrying) = (version, 0, null, false);
            }

            if (_pausedAt is not { } at)
            {
                return true;
            }

            if (_isTrying || clock.GetElapsedTime(at) < Pause)
            {
                return false;
            }

            return _isTrying = true;
        }
    }

    /// <summary>Who might have asked did not.</summary>
    public void Left()
    {
        lock (_gate)
        {
            _isTrying = false;
        }
    }

    public void Succeeded()
    {
        lock (_gate)
        {
            (_failures, _pausedAt, _isTrying) = (0, null, false);
        }
    }

    /// <returns>True where it is paused from now on.</returns>
    public bool Failed()
    {
        lock (_gate)
        {
            _failures++;
            // What was asked before the pause began, and fails now, prolongs nothing.
            if (_failures < Failures || (_pausedAt is not null && !_isTrying))
            {
                return false;
            }

            (_pausedAt, _isTrying) = (clock.GetTimestamp(), false);
            return true;
        }
    }
}
