namespace CallMyWay.Simulator;

/// <summary>
/// What the operator corrects in the record of a call that is over: the body of <c>POST
/// /simulator/calls/{callId}/record</c>. What is missing stays as it is.
/// </summary>
public sealed record RecordCorrection
{
    /// <summary>In seconds, from when the call connected. The call's end moves with it.</summary>
    public int? Duration { get; init; }

    public decimal? Cost { get; init; }

    public decimal? AccessFee { get; init; }

    public decimal? Rate { get; init; }

    public string? Ani { get; init; }

    public string? Dnis { get; init; }

    public string? AniUser { get; init; }

    public string? DnisUser { get; init; }

    public string? RoutePattern { get; init; }

    public string? RouteName { get; init; }

    internal IEnumerable<(string Field, string Message)> Failures()
    {
        if (Duration is < 0 or > CallRequest.LongestSeconds)
        {
            yield return ("duration", $"must be between 0 and {CallRequest.LongestSeconds}.");
        }

        foreach (var (name, amount) in new[] { ("cost", Cost), ("accessFee", AccessFee), ("rate", Rate) })
        {
            if (amount is < 0 or > 1_000_000_000)
            {
                yield return (name, "must be between 0 and 1000000000.");
            }
        }
    }

    /// <summary>Corrects the leg of this id. False where it is not over, and has no record yet.</summary>
    internal bool TryCorrect(SimulatedCall call, string callId)
    {
        lock (call)
        {
            var leg = call.Legs.First(leg => leg.CallId == callId);
            if (leg.State != CallState.Ended)
            {
                return false;
            }

            leg.DurationSeconds = Duration ?? leg.DurationSeconds;
            leg.DisconnectedAt = leg.ConnectedAt is { } connected && Duration is { } seconds
                ? connected.AddSeconds(seconds)
                : leg.DisconnectedAt;
            leg.Cost = Cost ?? leg.Cost;
            leg.AccessFee = AccessFee ?? leg.AccessFee;
            leg.Rate = Rate ?? leg.Rate;
            leg.Ani = Ani ?? leg.Ani;
            leg.Dnis = Dnis ?? leg.Dnis;
            leg.AniUser = AniUser ?? leg.AniUser;
            leg.DnisUser = DnisUser ?? leg.DnisUser;
            leg.RoutePattern = RoutePattern ?? leg.RoutePattern;
            leg.RouteName = RouteName ?? leg.RouteName;
            return true;
        }
    }
}
