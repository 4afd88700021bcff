using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>A dial as the API shows it.</summary>
public sealed record DialView
{
    public required string DialId { get; init; }

    public required DialState State { get; init; }

    public required NumberView Number { get; init; }

    public required string EndpointId { get; init; }

    public string? ContactId { get; init; }

    public required DialOrder Order { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The call that came of it, once its events were heard.</summary>
    public string? CallId { get; init; }

    public string? Account { get; init; }

    /// <summary>Why there is no call, or none for sure.</summary>
    public DialProblem? Problem { get; init; }

    /// <summary>The same in a sentence for the agent.</summary>
    public string? Message { get; init; }

    /// <summary>What the operator answered, as it came.</summary>
    public OperatorAnswer? Answer { get; init; }

    /// <param name="call">The call that came of the dial: what happens to it is the dial's state.</param>
    public static DialView Of(Dial dial, Call? call, string language) => new()
    {
        DialId = dial.DialId,
        State = call?.State switch
        {
            null => dial.State,
            CallState.Ringing => DialState.Ringing,
            CallState.Connected => DialState.Answered,
            _ => DialState.Ended,
        },
        Number = dial.Number,
        EndpointId = dial.EndpointId,
        ContactId = dial.ContactId,
        Order = dial.Order,
        RequestedAt = dial.RequestedAt,
        CallId = call?.CallId,
        Account = call?.Account,
        Problem = call is null ? dial.Problem : null,
        Message = call is null && dial.Problem is { } problem ? DialPhrases.Of(problem).In(language) : null,
        Answer = dial.AnswerStatus is { } status ? new OperatorAnswer(status, dial.Answer) : null,
    };
}

/// <summary>The operator's status and the beginning of its text.</summary>
public sealed record OperatorAnswer(int Status, string? Text);
