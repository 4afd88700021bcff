namespace CallMyWay.Functions.Calls;

/// <summary>
/// All legs of a call together. A dialled call has two, as the operator first calls the agent's phone and then the
/// contact: the operator may report both, each under its own call id, or one. Any other call has one.
/// </summary>
internal sealed class DerivedLegs
{
    private CallConclusion? _whole;

    private DerivedLegs(IReadOnlyList<DerivedLeg> all, DialFact? dial)
    {
        (All, Dial) = (all, dial);
        if (dial is not null)
        {
            // Where the operator reports one id only, it is the contact's.
            Contact = all.FirstOrDefault(
                leg => dial.Legs.FirstOrDefault(known => known.CallId == leg.CallId)?.IsContact ?? true);
            Own = all.FirstOrDefault(leg => dial.Legs.Any(known => known.CallId == leg.CallId && !known.IsContact));
        }
    }

    public IReadOnlyList<DerivedLeg> All { get; }

    /// <summary>The first of them. Each call has one that the operator told of; a noted call has none.</summary>
    public DerivedLeg First => All[0];

    /// <summary>How the call was dialled; null for any other.</summary>
    public DialFact? Dial { get; }

    /// <summary>The contact's leg of a dialled call, as far as one is known.</summary>
    public DerivedLeg? Contact { get; }

    /// <summary>The agent's own leg of a dialled call, as far as one is known.</summary>
    public DerivedLeg? Own { get; }

    /// <summary>The phones of the call. A phone is one phone, also where it has a part in both legs.</summary>
    public IReadOnlyList<LegPhone> Phones => field ??= PhonesOf(All);

    /// <summary>What was heard under each call id; nothing where a record alone tells of it.</summary>
    public IEnumerable<HeardLeg> Heard => All.Select(leg => leg.Heard).OfType<HeardLeg>();

    /// <summary>What became of the whole call.</summary>
    public CallConclusion Whole => _whole ??= Dial is null ? First.Conclusion : Combined();

    public CallDirection Direction =>
        Dial is null ? First.Direction
        : Dial.IsInternal || Contact?.Direction == CallDirection.Internal ? CallDirection.Internal
        : CallDirection.Out;

    /// <summary>The phones that joined a dialled call later: whom it is handed over to.</summary>
    public IEnumerable<LegPhone> HandedTo =>
        Dial is not { IsInternal: false } dial || Contact is null || Contact.Direction == CallDirection.In
            ? []
            : Contact.Phones.Where(phone => phone.IsOnItsOwn && phone.Heard.EndpointId != dial.EndpointId);

    public static DerivedLegs Of(CallFacts facts) => new(DerivedLeg.Of(facts), facts.Dial);

    private static IReadOnlyList<LegPhone> PhonesOf(IReadOnlyList<DerivedLeg> legs) =>
        legs is [{ Phones: { Count: <= 1 } few }] ? few :
        [
            .. legs.SelectMany(leg => leg.Phones).GroupBy(phone => phone.Heard.EndpointId)
                .Select(same => same.Aggregate((a, b) => a.And(b)))
                .OrderBy(phone => phone.Heard.At).ThenBy(phone => phone.Heard.EndpointId, StringComparer.Ordinal),
        ];

    // The call is what happens to the contact's leg, and over when either is.
    private CallConclusion Combined()
    {
        var (contact, own) = (Contact?.Conclusion, Own?.Conclusion);
        // The agent's own leg is over too where the call is handed over: it goes on at the other's phone.
        var isOver = contact?.State == CallState.Ended
            || (own?.State == CallState.Ended && !HandedTo.Any(phone => !phone.IsOver));
        var costs = All.Select(leg => leg.Conclusion.Cost).OfType<decimal>().ToList();
        return new CallConclusion
        {
            // That the agent has answered is not yet the call.
            State = isOver ? CallState.Ended : contact?.ConnectedAt is null ? CallState.Ringing : CallState.Connected,
            StartedAt = All.Min(leg => leg.Conclusion.StartedAt),
            ConnectedAt = contact?.ConnectedAt,
            EndedAt = isOver ? contact?.EndedAt ?? own?.EndedAt : null,
            IsEndTold = (contact ?? own)?.IsEndTold == true,
            DurationSeconds = isOver ? contact?.DurationSeconds ?? (contact?.ConnectedAt is null ? 0 : null) : null,
            // Each leg is a call at the operator, with a price of its own.
            Cost = costs.Count == 0 ? null : costs.Sum(),
        };
    }
}
