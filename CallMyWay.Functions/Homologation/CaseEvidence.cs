using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Operator;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Homologation;

/// <summary>
/// Gathers the notifications that came while a case was watched. They are what the calls keep of them anyway, so that
/// a notification costs no more while a case is watched. Beside that this process remembers word for word what it has
/// received meanwhile: on LocalHost all, on Azure nothing, as notifications are processed on other instances there.
/// </summary>
public sealed class CaseEvidence(
    CallIndex index, LatestNotifications latest, IOptions<CallMyWayOptions> options, TimeProvider clock)
{
    /// <summary>So many of the newest calls are looked at.</summary>
    private const int Looked = 50;

    public async Task<Verdict> EvaluateAsync(
        HomologationWork work, Account account, CancellationToken cancellationToken)
    {
        var test = Catalogue.Find(work.Case)!;
        return work.Case == PaceScope.Case ? PaceScope.Evaluate(work.Rounds)
            : test.Kind == CaseKind.Request
            ? RequestCases.Evaluate(work.Case, work.Asked)
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
        List<Call> calls = [.. page.Items.Where(call => call.Account == account.Username)];
        return new WatchEvidence(
            account.Username,
            account.TimeZone.Id,
            now,
            [
                .. calls.SelectMany(call => Notice.Of(call, work.Since)).OrderBy(notice => notice.At)
                    .Select(notice => latest.Find(notice.At, notice.Mark) is { } body
                        ? notice with { Raw = masked(body) }
                        : notice),
            ])
        {
            OtherCallIds =
            [
                .. calls.Where(call => !Notice.Of(call, work.Since).Any())
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
