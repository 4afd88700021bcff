using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Homologation;

/// <summary>
/// Gathers the notifications that came while a case was watched. They are what the calls keep of them anyway, so that
/// a notification costs no more while a case is watched. Beside that this process remembers word for word what it has
/// received meanwhile: on LocalHost all, on Azure nothing, as notifications are processed on other instances there.
/// </summary>
public sealed class CaseEvidence(
    CallIndex index,
    CallStore calls,
    LatestNotifications latest,
    IOptions<CallMyWayOptions> options,
    TimeProvider clock)
{
    /// <summary>So many of the newest calls are looked at.</summary>
    private const int Looked = 50;

    public async Task<Verdict> EvaluateAsync(
        HomologationWork work, Account account, CancellationToken cancellationToken)
    {
        var test = Catalogue.Find(work.Case)!;
        return work.Case == PaceScope.Case ? PaceScope.Evaluate(work.Rounds)
            : test.Kind == CaseKind.Request
            ? RequestCases.Evaluate(work.Case, await WithoutErasedAsync(work.Asked, account, cancellationToken))
            : WatchCases.Evaluate(work.Case, await GatherAsync(work, account, cancellationToken));
    }

    public async Task<WatchEvidence> GatherAsync(
        HomologationWork work, Account account, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        latest.KeepUntil(work.Until);
        var masked = MaskOf(account);
        var filter = new CallFilter
        {
            Visible = VisibleCalls.All(""),
            // The operator's clock may be behind ours.
            From = work.Since - CallFact.ClockTolerance,
            To = CallFilter.EndOf(now),
            Now = now,
        };
        var page = await index.ListAsync(filter, new PageRequest(Looked, null), cancellationToken);
        List<Call> found = [.. page.Items.Where(call => call.Account == account.Username)];
        return new WatchEvidence(
            account.Username,
            account.TimeZone.Id,
            now,
            [
                .. found.SelectMany(call => Notice.Of(call, work.Since)).OrderBy(notice => notice.At)
                    .Select(notice => latest.Find(notice.At, notice.Mark) is { } body
                        ? notice with { Raw = masked(body) }
                        : notice),
            ])
        {
            OtherCallIds =
            [
                .. found.Where(call => !Notice.Of(call, work.Since).Any())
                    .SelectMany(call => call.Facts.Notifications.Select(fact => fact.CallId)).Distinct(),
            ],
            Records = work.Records,
            AskedAt = work.AskedAt,
            DialId = work.DialId,
            EndpointId = work.EndpointId,
        };
    }

    /// <summary>What comes from now on is remembered word for word.</summary>
    public void Watch(DateTimeOffset until) => latest.KeepUntil(until);

    /// <summary>
    /// The operator goes on to name those whose data were erased: in what is kept of its answers their numbers are
    /// masked.
    /// </summary>
    private async Task<IReadOnlyList<Asked>> WithoutErasedAsync(
        IReadOnlyList<Asked> asked, Account account, CancellationToken cancellationToken)
    {
        var told = asked.SelectMany(each => each.Records.Where(
            record => each.Text.Contains(record.RecordId, StringComparison.Ordinal))).ToList();
        // By the record's id: several can be of one call, as its legs are.
        var ids = told.Select(record => record.RecordId).Distinct(StringComparer.Ordinal).ToList();
        var stored = await AtOnce.DoAsync(
            ids,
            id => calls.GetAsync(new CallKey(account.CallIdOf(id), account.Username), cancellationToken).AsTask());
        var erased = ids.Zip(stored).Where(each => each.Second?.AnonymizedAt is not null)
            .ToDictionary(each => each.First, each => each.Second!, StringComparer.Ordinal);
        var numbers = told
            .Where(record => erased.ContainsKey(record.RecordId))
            // The call has kept the office's own.
            .SelectMany(record => new[] { record.Ani, record.Dnis }.Except(
                [erased[record.RecordId].Ani, erased[record.RecordId].Dnis, ""], StringComparer.Ordinal))
            .Distinct()
            .ToList();
        return numbers.Count == 0
            ? asked
            : [.. asked.Select(each => each with { Text = numbers.Aggregate(each.Text, Masked) })];

        static string Masked(string text, string number) =>
            text.Replace(number, new string('x', number.Length), StringComparison.Ordinal);
    }

    // Nobody would expect the password there; an operator may repeat it all the same.
    private Func<string, string> MaskOf(Account account)
    {
        var password = options.Value.Accounts.FirstOrDefault(its => its.Username == account.Username)?.Password;
        if (password is not { Length: > 0 })
        {
            return body => body;
        }

        var mask = PasswordMask.Of(password);
        return body => mask.Apply(body, isWhole: body.Length < LatestNotifications.Longest);
    }
}
