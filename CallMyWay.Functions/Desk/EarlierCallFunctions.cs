using System.Globalization;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.WrapUps;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Desk;

/// <summary>
/// How many calls a request has tied to the contact, and where the next one goes on; null at the end.
/// </summary>
public sealed record TiedCalls(
    int Tied, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

/// <summary>
/// The calls from before a contact was known: of those that the viewer may see, the ones that were with one of the
/// contact's numbers, are over, and have no contact. One that an agent has ignored concerns nobody, and is none of
/// them.
/// </summary>
[Tags("Calls")]
public sealed class EarlierCallFunctions(
    CallIndex index,
    CallStore calls,
    CallScope scope,
    CallWriter writer,
    CallerChoices callers,
    ContactStore contacts,
    ContactMatcher matcher,
    WrapUpDueItems dueItems,
    PopUpScreens screens,
    Accounts accounts,
    PhoneNumberParser numbers,
    TimeProvider clock)
{
    /// <summary>How far back is looked where the request says nothing.</summary>
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(62);

    /// <summary>How many pages of the index a request reads at most: calls can be passed over.</summary>
    private const int MostPages = 5;

    [Function("ListEarlierCalls"), Allow(Role.Agent)]
    [Asks("number", "from", "take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<CallView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contacts/{contactId}/earlier-calls")]
        HttpRequest request,
        string contactId,
        CancellationToken cancellationToken)
    {
        var (search, refusal) = await ReadAsync(request, contactId, cancellationToken);
        if (search is null)
        {
            return refusal!;
        }

        var (found, next) = await FindAsync(search, cancellationToken);
        return TypedResults.Ok(new Page<CallView>(
            [.. found.Select(call => CallView.Of(call, search.Visible.AgentId, search.Now))], next));
    }

    [Function("TieEarlierCalls"), Allow(Role.Agent)]
    [NotAudited("It is in the calls' history.")]
    [Asks("number", "from", "take", "next"), Answers(StatusCodes.Status200OK, typeof(TiedCalls))]
    public async Task<IResult> Tie(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "contacts/{contactId}/earlier-calls")]
        HttpRequest request,
        string contactId,
        CancellationToken cancellationToken)
    {
        var (search, refusal) = await ReadAsync(request, contactId, cancellationToken);
        if (search is null)
        {
            return refusal!;
        }

        var (found, next) = await FindAsync(search, cancellationToken);
        var tied = 0;
        // Each writes its index rows at once: so the calls come one after the other.
        foreach (var call in found)
        {
            tied += await TieAsync(call, search) ? 1 : 0;
        }

        return TypedResults.Ok(new TiedCalls(tied, next));
    }

    private async Task<(Search? Search, IResult? Refusal)> ReadAsync(
        HttpRequest request, string contactId, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var now = clock.GetUtcNow();
        var from = TimeQuery.Read(request, "from", accounts.Home.TimeZone, errors) ?? now - DefaultSpan;
        var number = request.Query["number"].ToString();
        if (errors.Any)
        {
            return (null, request.Invalid(errors));
        }

        if (await contacts.GetAsync(contactId, cancellationToken) is not { } contact)
        {
            return (null, request.NotFound(ContactFunctions.NoSuchContact));
        }

        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        var wanted = contact.Numbers.SelectMany(numbers.ParseAll)
            .Where(its => its.MatchKey.Length > 0)
            .Where(its => number.Length == 0 || numbers.Compare(its, numbers.Parse(number)) >= NumberMatch.National)
            .DistinctBy(its => (its.MatchKey, its.E164));
        return (new Search(contact, visible, from, now, [.. wanted], page), null);
    }

    /// <summary>A page of the calls. It can be short, or empty, and not be the last.</summary>
    private async Task<(IReadOnlyList<Call> Calls, string? Next)> FindAsync(
        Search search, CancellationToken cancellationToken)
    {
        var filter = new CallFilter
        {
            Visible = search.Visible,
            From = search.From,
            To = CallFilter.EndOf(search.Now),
            Now = search.Now,
            State = CallState.Ended,
            IsWithoutContact = true,
        };
        var (place, after) = PlaceOf(search.Page.After);
        var found = new List<Call>();
        var pages = 0;
        while (place < search.Numbers.Count)
        {
            if (pages++ == MostPages || found.Count == search.Page.Take)
            {
                return (found, TokenOf(place, after));
            }

            var page = await index.ListAsync(
                filter with { Number = search.Numbers[place] },
                new PageRequest(search.Page.Take - found.Count, after),
                cancellationToken);
            found.AddRange(page.Items.Where(call =>
                IsEarlier(call, search) && found.All(known => known.Key != call.Key)));
            after = null;
            if (page.Next is null || !PageToken.TryParse(page.Next, out after))
            {
                place++;
            }
        }

        return (found, null);
    }

    private bool IsEarlier(Call call, Search search) =>
        call is { ContactId: null, Ignored: false }
        && call.StateAt(search.Now) == CallState.Ended
        && search.Visible.Includes(call)
        && callers.NumberOf(call) is { } number && matcher.Has(search.Contact, number);

    /// <summary>False where it is no such call any more: somebody has chosen whom it is with.</summary>
    private async Task<bool> TieAsync(Call call, Search search)
    {
        var (key, contact) = (call.Key, search.Contact);
        // The call comes last: as long as it has no contact, a repeated request finds it and goes on.
        await dueItems.TieAsync(call, contact, CancellationToken.None);
        Call? stored = null;
        var decision = new AgentDecision(
            DecisionKind.ContactChosen,
            search.Now,
            search.Visible.AgentId,
            new Candidate(contact.ContactId, contact.Title, MatchReason.Chosen));
        var saved = await writer.ChangeAsync(
            async token => (stored = await calls.GetAsync(key, token)) is not null && IsEarlier(stored, search)
                ? stored
                : null,
            found => found.Facts.With(decision),
            CancellationToken.None);
        if (saved is not null)
        {
            await screens.ShowAgainAsync(saved, CancellationToken.None);
            return true;
        }

        if (stored is not null && stored.ContactId != contact.ContactId)
        {
            // It is with another contact, or with none.
            await dueItems.TieAsync(stored, CancellationToken.None);
        }

        return false;
    }

    // Which of the contact's numbers a page ends at, and where in its calls.
    private static (int Place, PageToken? After) PlaceOf(PageToken? token) =>
        token?.Partition.Split(Keys.Separator, 2) is [var place, var partition]
            && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number, partition.Length == 0 ? null : token with { Partition = partition })
            : (0, null);

    private static string TokenOf(int place, PageToken? after) => ((after ?? new PageToken("", "0")) with
    {
        Partition = Keys.Join(place.ToString(CultureInfo.InvariantCulture), after?.Partition ?? ""),
        Back = [],
    }).ToString();

    private sealed record Search(
        Contact Contact,
        VisibleCalls Visible,
        DateTimeOffset From,
        DateTimeOffset Now,
        IReadOnlyList<PhoneNumber> Numbers,
        PageRequest Page);
}
