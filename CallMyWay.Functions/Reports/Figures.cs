using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Reports;

/// <summary>
/// What some calls add up to. The names in the JSON are short, and what is zero is left out: there is one for each agent,
/// outcome and contact of each hour.
/// </summary>
public sealed class Figures
{
    /// <summary>Calls that came in.</summary>
    [JsonPropertyName("i"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int In { get; set; }

    /// <summary>Calls that went out.</summary>
    [JsonPropertyName("o"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Out { get; set; }

    /// <summary>Calls between colleagues.</summary>
    [JsonPropertyName("n"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Internal { get; set; }

    /// <summary>Calls that came in and that nobody took, whether somebody reached the caller later or not.</summary>
    [JsonPropertyName("m"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Missed { get; set; }

    /// <summary>Calls that came in and that somebody took.</summary>
    [JsonPropertyName("a"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Answered { get; set; }

    /// <summary>Those of them that were taken within 20 seconds.</summary>
    [JsonPropertyName("q"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int AnsweredWithin20 { get; set; }

    /// <summary>Calls that went out and were answered.</summary>
    [JsonPropertyName("r"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Reached { get; set; }

    /// <summary>How long was talked in calls that came in or went out.</summary>
    [JsonPropertyName("t"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long TalkSeconds { get; set; }

    /// <summary>Wrap-ups that were sent of calls that are over.</summary>
    [JsonPropertyName("w"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int WrapUps { get; set; }

    /// <summary>From the ends of the calls until their wrap-ups were first sent, all together.</summary>
    [JsonPropertyName("ws"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long WrapUpSeconds { get; set; }

    /// <summary>Missed calls whose caller somebody reached later.</summary>
    [JsonPropertyName("b"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Returned { get; set; }

    /// <summary>From the ends of those missed calls until somebody talked with the caller, all together.</summary>
    [JsonPropertyName("bs"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long CallBackSeconds { get; set; }

    /// <summary>Calls of which an outcome was sent.</summary>
    [JsonPropertyName("d"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Documented { get; set; }

    /// <summary>Promises that were made in the calls.</summary>
    [JsonPropertyName("p"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PromisesMade { get; set; }

    /// <summary>Those of them that were kept wholly.</summary>
    [JsonPropertyName("k"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PromisesKept { get; set; }

    /// <summary>The amounts, one for each currency: they are never added across currencies. Null for none.</summary>
    [JsonPropertyName("x")]
    public IList<Amounts>? Amounts { get; set; }

    /// <summary>How many calls there are.</summary>
    [JsonIgnore]
    public int Calls => In + Out + Internal;

    /// <summary>True where there is nothing to count.</summary>
    [JsonIgnore]
    public bool IsNone => Calls == 0 && WrapUps == 0 && PromisesMade == 0 && Amounts is null;

    /// <summary>Adds other figures to these.</summary>
    public Figures Add(Figures other)
    {
        In += other.In;
        Out += other.Out;
        Internal += other.Internal;
        Missed += other.Missed;
        Answered += other.Answered;
        AnsweredWithin20 += other.AnsweredWithin20;
        Reached += other.Reached;
        TalkSeconds += other.TalkSeconds;
        WrapUps += other.WrapUps;
        WrapUpSeconds += other.WrapUpSeconds;
        Returned += other.Returned;
        CallBackSeconds += other.CallBackSeconds;
        Documented += other.Documented;
        PromisesMade += other.PromisesMade;
        PromisesKept += other.PromisesKept;
        foreach (var amounts in other.Amounts ?? [])
        {
            AmountsIn(amounts.Currency).Add(amounts);
        }

        return this;
    }

    /// <summary>Raises what was paid of promises to what it was before.</summary>
    internal void KeepPayments(Figures before)
    {
        PromisesKept = Math.Max(PromisesKept, before.PromisesKept);
        foreach (var amounts in (before.Amounts ?? []).Where(amounts => amounts.Paid > 0))
        {
            var now = AmountsIn(amounts.Currency);
            now.Paid = Math.Max(now.Paid, amounts.Paid);
        }
    }

    /// <summary>The amounts in this currency, to be added to.</summary>
    internal Amounts AmountsIn(string currency)
    {
        Amounts ??= [];
        var at = Amounts.TakeWhile(known => string.CompareOrdinal(known.Currency, currency) < 0).Count();
        if (at < Amounts.Count && Amounts[at].Currency == currency)
        {
            return Amounts[at];
        }

        // In the order of their names, so that equal figures are stored alike.
        var added = new Amounts { Currency = currency };
        Amounts.Insert(at, added);
        return added;
    }
}

/// <summary>The amounts of some calls in one currency.</summary>
public sealed class Amounts
{
    /// <summary>By ISO 4217.</summary>
    [JsonPropertyName("y")]
    public required string Currency { get; init; }

    /// <summary>What the operator charges for the calls.</summary>
    [JsonPropertyName("c"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Cost { get; set; }

    /// <summary>What was charged to the contacts.</summary>
    [JsonPropertyName("g"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Charges { get; set; }

    /// <summary>How many charges there were.</summary>
    [JsonPropertyName("gn"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ChargeCount { get; set; }

    /// <summary>What was promised.</summary>
    [JsonPropertyName("p"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Promised { get; set; }

    /// <summary>What was paid of the promises.</summary>
    [JsonPropertyName("k"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Paid { get; set; }

    internal void Add(Amounts other)
    {
        Cost += other.Cost;
        Charges += other.Charges;
        ChargeCount += other.ChargeCount;
        Promised += other.Promised;
        Paid += other.Paid;
    }
}
