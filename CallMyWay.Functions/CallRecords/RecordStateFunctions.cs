using CallMyWay.Functions.Api;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.CallRecords;

/// <summary>Tells an administrator how the pull of records goes, and which records were set aside.</summary>
[Tags("Records")]
public sealed class RecordStateFunctions(
    Accounts accounts,
    PacedRecords paced,
    RecordPullStore pulls,
    AsideRecordStore aside,
    LiveCalls live,
    IOptions<CallRecordsOptions> options,
    TimeProvider clock)
{
    [Function("GetCallRecordsState"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(Page<RecordStateView>))]
    public async Task<IResult> State(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "call-records/state")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var states = new List<RecordStateView>();
        foreach (var account in accounts.All)
        {
            states.Add(await StateOfAsync(account, request.Language(), cancellationToken));
        }

        return TypedResults.Ok(new Page<RecordStateView>(states, null));
    }

    [Function("ListAsideRecords"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<AsideRecordView>))]
    public async Task<IResult> Aside(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "aside-records")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var all = new List<KeptAsideRecord>();
        foreach (var account in accounts.All)
        {
            all.AddRange(await aside.ListAsync(account.Username, cancellationToken));
        }

        var views = all.OrderBy(KeyOf, StringComparer.Ordinal).ToList();
        var cut = Page.Cut(views, page, KeyOf);
        return TypedResults.Ok(new Page<AsideRecordView>(
            [.. cut.Items.Select(record => AsideRecordView.Of(record, request.Language()))], cut.Next));

        static string KeyOf(KeptAsideRecord record) => Keys.Join(
            Keys.NewestFirst(record.FirstAt), Keys.Encode(record.Account), AsideRecordStore.KeyOf(record.Raw));
    }

    private async Task<RecordStateView> StateOfAsync(
        Account account, string language, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var pull = await pulls.GetAsync(account.Username, cancellationToken);
        var kept = await aside.ListAsync(account.Username, cancellationToken);
        var isOff = !options.Value.Enabled || !paced.Knows(account);
        return new RecordStateView
        {
            Account = account.Username,
            State = pull.Failure is not null ? "failing"
                : isOff ? "off"
                : pull.TriedAt is null ? "waiting"
                : now - pull.Watermark <= TimeSpan.FromMinutes(5) ? "upToDate"
                : "catchingUp",
            Watermark = pull.Watermark,
            LastSuccessAt = pull.SucceededAt,
            LastTriedAt = pull.TriedAt,
            LastError = pull.Failure is { } failure ? RecordErrorView.Of(failure, language) : null,
            FailingSince = pull.FailingSince,
            LiveError = live.IsOn && pull.LiveFailure is { } silent ? RecordErrorView.OfLive(silent, language) : null,
            LiveFailingSince = live.IsOn ? pull.LiveFailingSince : null,
            SecondsBehind = pull.Watermark is { } watermark ? Math.Max(0, (int)(now - watermark).TotalSeconds) : null,
            Aside = kept.Count,
            PerDay = pull.PerDay,
        };
    }
}
