using System.Text.Json;
using CallMyWay.Functions.PopUps;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>What an agent recorded of a call: what is to be found of it, and what may be.</summary>
internal sealed class Recorded(string callId, string agentId)
{
    public string CallId => callId;

    public string AgentId => agentId;

    /// <summary>The notes of the save that was answered with 200 last; null before the first.</summary>
    public string? Saved { get; set; }

    /// <summary>Notes of which no answer says whether they were saved.</summary>
    public List<string> Unsure { get; } = [];
}

/// <summary>A click of an agent.</summary>
internal sealed record Click(string AgentId, string Number, string Key)
{
    public string? DialId { get; set; }
}

/// <summary>The agents: their screens, clicks and wrap-ups.</summary>
internal sealed class Desks(ProofRun run)
{
    public static readonly IReadOnlyDictionary<string, string> Phones = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["1001"] = "ana",
        ["1002"] = "luis",
        ["1003"] = "marta",
        ["1004"] = "pablo",
        ["1005"] = "ana",
    };

    private readonly Dictionary<(string Agent, string CallId), PopUp> _shown = [];

    private readonly Dictionary<(string Agent, string CallId), Recorded> _recorded = [];

    private readonly List<Click> _clicks = [];

    public static IReadOnlyList<string> Agents { get; } =
        [.. Phones.Values.Distinct(StringComparer.Ordinal)];

    public IReadOnlyCollection<Recorded> Recorded => _recorded.Values;

    public IReadOnlyList<Click> Clicks => _clicks;

    /// <summary>How many requests are still to be made.</summary>
    public int AtWork { get; private set; }

    /// <summary>A message comes to an agent's screens.</summary>
    public void Take(string agentId, ScreenMessage message, PopUp popUp)
    {
        run.Findings.Check(
            popUp.AgentId == agentId && IsOf(agentId, popUp.CallId),
            $"A pop-up of {popUp.CallId} came to {agentId}, at whose phone the call never was.");
        if (message == ScreenMessage.PopUpClosed)
        {
            _shown.Remove((agentId, popUp.CallId));
            return;
        }

        if (_shown.TryAdd((agentId, popUp.CallId), popUp) && run.AreCallsRecorded && run.Weather.Happens(0.5))
        {
            _ = RecordAsync(agentId, popUp.CallId);
        }
    }

    /// <summary>True where the call came to one of the agent's phones.</summary>
    public bool IsOf(string agentId, string callId) =>
        run.Exchange.Find(callId) is { } call
        && run.Exchange.PhonesOf(call).Any(phone => Phones.GetValueOrDefault(phone) == agentId);

    /// <summary>An agent clicks, again where no answer comes, with the same key.</summary>
    public async Task ClickAsync(string agentId, string number)
    {
        AtWork++;
        var click = new Click(agentId, number, $"key-{_clicks.Count}");
        _clicks.Add(click);
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var answer = await run.AskAsync(
                "Dial",
                agentId,
                body: JsonSerializer.Serialize(new { number }),
                with: request => request.Headers["Idempotency-Key"] = click.Key);
            if (answer.Status is 202)
            {
                click.DialId = JsonDocument.Parse(answer.Body).RootElement.GetProperty("dialId").GetString();
            }

            run.Findings.Check(
                answer.Status is 0 or 202 or 409 or 503, $"A click was answered with {answer.Status}: {answer.Body}");
            // One in three clicks is repeated though it was answered: a browser does that too.
            if (answer.Status is 202 or 409 && run.Weather.Random.Next(3) > 0)
            {
                break;
            }

            await run.Scheduler.Wait(TimeSpan.FromSeconds(run.Weather.Random.Next(1, 4)));
        }

        AtWork--;
    }

    private async Task RecordAsync(string agentId, string callId)
    {
        AtWork++;
        if (!_recorded.TryGetValue((agentId, callId), out var recorded))
        {
            _recorded[(agentId, callId)] = recorded = new Recorded(callId, agentId);
        }

        for (var save = 0; save < 2; save++)
        {
            await run.Scheduler.Wait(TimeSpan.FromSeconds(run.Weather.Random.Next(1, 60)));
            await SaveAsync(recorded, $"{callId} {agentId} {save}");
        }

        AtWork--;
    }

    private async Task SaveAsync(Recorded recorded, string notes)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            recorded.Unsure.Add(notes);
            var answer = await run.AskAsync(
                "PutWrapUp",
                recorded.AgentId,
                recorded.CallId,
                JsonSerializer.Serialize(new { outcome = "attended", notes }));
            // 428: a colleague has sent one, which nobody has read here.
            run.Findings.Check(
                answer.Status is 0 or 200 or 404 or 412 or 428 or 503,
                $"A wrap-up was answered with {answer.Status}: {answer.Body}");
            if (answer.Status == 200)
            {
                recorded.Saved = notes;
                recorded.Unsure.Clear();
                return;
            }

            await run.Scheduler.Wait(TimeSpan.FromSeconds(2));
        }
    }
}
