using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Homologation;

/// <summary>Starts and ends the cases of a run.</summary>
public sealed class HomologationRunner(
    HomologationStore store, CaseEvidence evidence, JobQueue queue, JobStore jobs, Dialler dialler, TimeProvider clock)
{
    /// <summary>How long a case is watched at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The most evidence of a case that is kept, in characters.</summary>
    internal const int MostRaw = 16_000;

    private const int LongestRaw = 2000;

    /// <summary>
    /// Takes the case for a new piece of work; null where it has one, is decided, or was started by this key before. What
    /// was known of it is forgotten. The row is written first: whoever asks twice starts one job, and dials once.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="test">The case.</param>
    /// <param name="endpointId">The phone that a click calls from.</param>
    /// <param name="key">The key of the press; null where there is none.</param>
    /// <param name="version">The version of the run that it is meant for; null for any.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public Task<CaseChange> TakeAsync(
        Run run,
        HomologationCase test,
        string? endpointId,
        string? key,
        string? version,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var work = new CaseWork(
            test.Kind switch
            {
                CaseKind.Request => WorkKind.Requesting,
                CaseKind.Dial => WorkKind.Dialling,
                _ => WorkKind.Waiting,
            },
            now,
            now + Longest,
            queue.NewId())
        {
            EndpointId = endpointId,
        };
        return store.ChangeAsync(
            run.RunId,
            test.Code,
            // The work of a process that ended before its job began is over by its time.
            before => before.State != CaseState.Open || before.IsOf(key) || (before.Work is { } other && other.Until > now)
                ? null
                : new CaseResult { Work = work, Note = before.Note, Key = key },
            cancellationToken,
            version);
    }

    /// <summary>Begins the work that was taken.</summary>
    public Task<Job> BeginAsync(Run run, HomologationCase test, CaseWork work, string startedBy, string? dialId)
    {
        evidence.Watch(work.Until);
        return queue.StartAsync(
            HomologationJob.Name,
            new HomologationWork(run.RunId, test.Code, work.Since, work.Until)
            {
                DialId = dialId,
                EndpointId = work.EndpointId,
            }.ToJson(),
            run.Account,
            startedBy,
            CancellationToken.None,
            work.JobId);
    }

    /// <summary>
    /// Makes the click of a case, by the way of every click: its rules, its limits and its intent hold. A click that
    /// may have been sent is never sent again.
    /// </summary>
    public Task<DialResult> DialAsync(
        HomologationCase test, CaseWork work, Mapping phone, PhoneNumber number, CancellationToken cancellationToken) =>
        dialler.PlaceAsync(
            new CheckedClick(
                phone.AgentId,
                $"homologation-{work.JobId}",
                Dialler.Hash(work.JobId)[..16],
                number,
                null,
                phone,
                test.Code == "click-contact-first" ? DialOrder.ContactFirst : DialOrder.AgentFirst,
                // The operator's refusal is what this case looks for, not ours.
                Force: test.Code == "busy-agent"),
            cancellationToken);

    /// <summary>Ends a case's work with what is there.</summary>
    public async Task StopAsync(
        Run run, HomologationCase test, CaseWork work, Account account, CancellationToken cancellationToken)
    {
        var job = await jobs.GetAsync(HomologationJob.Name, work.JobId, cancellationToken);
        var now = job is null
            ? new HomologationWork(run.RunId, test.Code, work.Since, work.Until)
            : HomologationWork.Read(job.Payload);
        await SettleAsync(
            now, work.JobId, await evidence.EvaluateAsync(now, account, cancellationToken), cancellationToken);
        await queue.CancelAsync(HomologationJob.Name, work.JobId, cancellationToken);
    }

    /// <summary>Stores a verdict, unless the case has moved on.</summary>
    public Task SettleAsync(
        HomologationWork work, string jobId, Verdict verdict, CancellationToken cancellationToken) => store.ChangeAsync(
        work.RunId,
        work.Case,
        before => before.Work?.JobId != jobId ? null : before with
        {
            State = verdict.State,
            Work = null,
            Seen = Cut(verdict.Seen),
            Answers = verdict.Answers,
            Advice = verdict.Advice,
            DecidedBy = null,
            DecidedAt = verdict.State == CaseState.Open ? null : clock.GetUtcNow(),
        },
        cancellationToken);

    /// <summary>Shows what was seen so far.</summary>
    public Task ShowAsync(
        HomologationWork work, string jobId, Verdict verdict, CancellationToken cancellationToken) => store.ChangeAsync(
        work.RunId,
        work.Case,
        before => before.Work?.JobId != jobId ? null : before with { Seen = Cut(verdict.Seen) },
        cancellationToken);

    /// <summary>What of a dial is evidence.</summary>
    public static Verdict OfDial(HomologationCase test, Dial dial, DateTimeOffset now)
    {
        var answer = $"{dial.AnswerStatus}: {dial.Answer}";
        var isOfBusy = test.Code == "busy-agent";
        return dial.Problem switch
        {
            null => Verdict.Failed(
                new(
                    "El clic no se rechazó. Revise que el teléfono esté de verdad en una llamada.",
                    "The click was not refused. Check that the phone is really in a call."),
                new Sighting(now, new("El operador aceptó el clic", "The operator accepted the click"), answer)),
            DialProblem.OperatorRefused or DialProblem.PhoneBusy => new Verdict(
                isOfBusy ? CaseState.Passed : CaseState.Failed,
                [new("refused-click", answer)],
                [Refused()],
                isOfBusy ? null : new(
                    "El operador no hizo la llamada. Su respuesta dice por qué.",
                    "The operator made no call. Its answer says why.")),
            DialProblem.NotAuthorized => Verdict.Failed(
                new(
                    "El operador no acepta los clics de este servidor. Revise con el operador la dirección IP habilitada y la"
                        + " contraseña de la cuenta.",
                    "The operator does not accept this server's clicks. Check the enabled address and the account's password"
                        + " with them."),
                Refused()),
            // Whether the operator would have refused is not known.
            { } problem => Verdict.Open(
                dial.StoppedBecause ?? DialPhrases.Of(problem), new Sighting(now, DialPhrases.Of(problem))),
        };

        Sighting Refused() =>
            new(now, new("El operador rechazó el clic", "The operator refused the click"), answer);
    }

    /// <summary>As much as is kept; what is left out is said.</summary>
    internal static IReadOnlyList<Sighting> Cut(IReadOnlyList<Sighting> seen)
    {
        var kept = new List<Sighting>();
        var room = MostRaw;
        foreach (var each in seen)
        {
            var raw = each.Raw is { Length: > LongestRaw } longer ? longer[..LongestRaw] + " …" : each.Raw;
            room -= (raw?.Length ?? 0) + each.What.Es.Length + each.What.En.Length;
            if (room < 0)
            {
                kept.Add(new Sighting(each.At, new(
                    $"Hay {seen.Count - kept.Count} más, que no se guardaron.",
                    $"There are {seen.Count - kept.Count} more, which were not kept.")));
                break;
            }

            kept.Add(each with { Raw = raw });
        }

        return kept;
    }
}
