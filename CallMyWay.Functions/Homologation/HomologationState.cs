using CallMyWay.Functions.Api;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Homologation;

/// <summary>What a case is about.</summary>
public enum CaseGroup
{
    Reach,
    Records,
    Notifications,
    Clicks,
    Phones,
    Callers,
    Comparison,
}

/// <summary>How a case is done.</summary>
public enum CaseKind
{
    /// <summary>Requests for records, which need no hands.</summary>
    Request,

    /// <summary>Somebody makes a call while the notifications and the records are watched.</summary>
    Watch,

    /// <summary>A click, which calls two telephones.</summary>
    Dial,

    /// <summary>Somebody looks, and says what they saw.</summary>
    ByHand,
}

/// <summary>How a case stands.</summary>
public enum CaseState
{
    Open,
    Passed,
    Failed,
    Skipped,
}

/// <summary>What goes on by itself.</summary>
[SchemaName("HomologationWork")]
public enum WorkKind
{
    Waiting,
    Requesting,
    Dialling,
}

/// <summary>An answer to an open question of the operator's document.</summary>
/// <param name="Question">Its code.</param>
/// <param name="Value">What was found: a code that is the same in each run that finds the same.</param>
/// <param name="Setting">The value of the question's setting that follows; null where none does.</param>
public sealed record CaseAnswer(string Question, string Value, string? Setting = null)
{
    /// <summary>What else there is to say, which can be otherwise in each run.</summary>
    public Phrase? Detail { get; init; }
}

/// <summary>Something that was seen.</summary>
/// <param name="At">When.</param>
/// <param name="What">In words.</param>
/// <param name="Raw">As it came, without secrets, cut where it is long.</param>
public sealed record Sighting(DateTimeOffset At, Phrase What, string? Raw = null);

/// <summary>What goes on by itself for a case.</summary>
/// <param name="JobId">The job that does it; of a dial the click's key too.</param>
public sealed record CaseWork(WorkKind What, DateTimeOffset Since, DateTimeOffset Until, string JobId)
{
    /// <summary>The phone that a click calls from.</summary>
    public string? EndpointId { get; init; }
}

/// <summary>What is known of a case of a run: one row. A case without one is open.</summary>
public sealed record CaseResult
{
    public CaseState State { get; init; }

    public CaseWork? Work { get; init; }

    public IReadOnlyList<Sighting> Seen { get; init; } = [];

    public IReadOnlyList<CaseAnswer> Answers { get; init; } = [];

    /// <summary>Why it is open still, or failed.</summary>
    public Phrase? Advice { get; init; }

    public string? Note { get; init; }

    /// <summary>The key of the latest press that started it; null where that gave none.</summary>
    public string? Key { get; init; }

    /// <summary>The agent who decided it; null where the evidence did.</summary>
    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>True where this press started it.</summary>
    public bool IsOf(string? key) => key is not null && key == Key;
}

/// <summary>What became of a change of a case.</summary>
/// <param name="After">The case as it is now; null where nothing was changed.</param>
/// <param name="IsOfVersion">False where the run has changed since the version that the change was meant for.</param>
public sealed record CaseChange(CaseResult? After, bool IsOfVersion);

/// <summary>A run: the operator was looked at once, for one account.</summary>
/// <param name="RunId">A GUID of version 7, which tells when it began.</param>
/// <param name="Operator">The address of the operator, without secrets.</param>
public sealed record Run(
    string RunId, string Account, DateTimeOffset StartedAt, string StartedBy, string Operator)
{
    [JsonIgnore]
    public string? ETag { get; init; }
}

/// <summary>A run with what is known of its cases, by their codes.</summary>
public sealed record RunState(Run Run, IReadOnlyDictionary<string, CaseResult> Cases)
{
    public CaseResult Of(string code) => Cases.GetValueOrDefault(code) ?? new CaseResult();

    /// <summary>The answer to an open question, of the first case that has one; null where there is none.</summary>
    public CaseAnswer? AnswerOf(string question) => Catalogue.All.SelectMany(test => Of(test.Code).Answers)
        .Where(answer => answer.Question == question).Select(AnswerWords.Today).FirstOrDefault();
}

/// <summary>What follows from evidence.</summary>
/// <param name="State">Open where the evidence does not suffice.</param>
public sealed record Verdict(
    CaseState State,
    IReadOnlyList<CaseAnswer> Answers,
    IReadOnlyList<Sighting> Seen,
    Phrase? Advice = null)
{
    /// <summary>True of an open case for which nothing more will come.</summary>
    public bool IsOver { get; init; }

    public static Verdict Open(Phrase advice, params IReadOnlyList<Sighting> seen) =>
        new(CaseState.Open, [], seen, advice);

    public static Verdict Failed(Phrase advice, params IReadOnlyList<Sighting> seen) =>
        new(CaseState.Failed, [], seen, advice);
}
