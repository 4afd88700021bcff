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

    /// <summary>The campaign that it is a dial of; null for a click of the agent's own.</summary>
    public string? CampaignId { get; init; }

    public required DialOrder Order { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The id of the dial's call, once its events have arrived.</summary>
    public string? CallId { get; init; }

    public string? Account { get; init; }

    /// <summary>Why there is no call, or no certain one.</summary>
    public DialProblem? Problem { get; init; }

    /// <summary>The problem in a sentence for the agent.</summary>
    public string? Message { get; init; }

    /// <summary>The operator's answer, as it came.</summary>
    public OperatorAnswer? Answer { get; init; }

    /// <param name="call">The dial's call, if there is one. The dial then has the call's state.</param>
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
        CampaignId = dial.Campaign?.CampaignId,
        Order = dial.Order,
        RequestedAt = dial.RequestedAt,
        CallId = call?.CallId,
        Account = call?.Account,
        Problem = call is null ? dial.Problem : null,
        Message = call is null && dial.Problem is { } problem
            ? (dial.StoppedBecause ?? DialPhrases.Of(problem)).In(language)
            : null,
        Answer = dial.AnswerStatus is { } status ? new OperatorAnswer(status, dial.Answer) : null,
    };
}

/// <summary>The operator's status and the beginning of its text.</summary>
public sealed record OperatorAnswer(int Status, string? Text);
