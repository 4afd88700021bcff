using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.DoNotCall;

/// <summary>The body of a request that puts a number on the list.</summary>
/// <param name="Number">The number, as people write it.</param>
/// <param name="Reason">Why, in 300 characters at most.</param>
public sealed record DoNotCallInput([property: Needed] string? Number, [property: Needed] string? Reason);

/// <summary>Those of the numbers that were asked for that must not be called.</summary>
public sealed record DoNotCallCheck(IReadOnlyList<DoNotCallView> Items);

/// <summary>The list of numbers that must not be called, for supervisors. Agents can ask for single numbers.</summary>
public sealed class DoNotCallFunctions(
    DoNotCallStore store, PhoneNumberParser numbers, AgentDirectory agents, AuditLog audit, TimeProvider clock)
{
    private const int LongestReason = 300;

    private const int LongestNumber = 100;

    /// <summary>A contact's file has no more.</summary>
    private const int MostNumbers = 50;

    private static readonly Phrase NoNumber = new(
        "No es un número completo. Escríbalo con todos sus dígitos, y los de otro país con + y el código del país.",
        "It is no whole number. Write all of its digits, and those of another country with + and the country's code.");

    private static readonly Phrase NotAlone = new(
        "Escriba un solo número de teléfono, sin nada más.", "Write one telephone number and nothing else.");

    /// <summary>
    /// The list, the latest first. With <c>number</c> that number alone, with <c>query</c> the numbers that begin so.
    /// </summary>
    [Function("ListDoNotCall"), Allow(Role.Supervisor)]
    [Asks("query", "number", "take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<DoNotCallView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "do-not-call")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var number = request.Query["number"].ToString();
        var query = request.Query["query"].ToString();
        var e164 = number.Length == 0 ? null : Read(number, "number", errors);
        var beginning = BeginningOf(query);
        if (query.Length > 0 && beginning is null)
        {
            errors.Add(
                "query",
                "Escriba los primeros dígitos de los números.",
                "Write the first digits of the numbers.");
        }

        if (number.Length > 0 && query.Length > 0)
        {
            errors.Add(
                "query", "Busque un número o un comienzo, no ambos.", "Search a number or a beginning, not both.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var found = e164 is null
            ? await store.ListAsync(beginning, page, cancellationToken)
            : new Page<DoNotCallEntry>(
                await store.FindAsync(e164, cancellationToken) is { } entry ? [entry] : [], null);
        return TypedResults.Ok(
            new Page<DoNotCallView>(await ShownAsync(request, found.Items, cancellationToken), found.Next));
    }

    /// <summary>Which of some numbers are on the list, and why: for whoever is about to call one.</summary>
    [Function("CheckDoNotCall"), Allow(Role.Agent)]
    [Asks("number"), Answers(StatusCodes.Status200OK, typeof(DoNotCallCheck))]
    public async Task<IResult> Check(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "do-not-call-check")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var asked = request.Query["number"];
        if (asked.Count is 0 or > MostNumbers || asked.Any(number => number?.Length > LongestNumber))
        {
            return request.Invalid(new FieldErrors().Add(
                "number",
                $"Envíe de 1 a {MostNumbers} números, de {LongestNumber} caracteres como máximo.",
                $"Send 1 to {MostNumbers} numbers, of {LongestNumber} characters at most."));
        }

        // What is no number is on no list: a contact's file can hold anything.
        var whole = asked.SelectMany(numbers.ParseAll).Select(number => numbers.AsWhole(number).E164).OfType<string>();
        var found = await store.FindManyAsync(whole.Take(MostNumbers), cancellationToken);
        return TypedResults.Ok(new DoNotCallCheck(await ShownAsync(request, found, cancellationToken)));
    }

    /// <summary>Puts a number on the list. One that is there already stays as it is.</summary>
    [Function("AddDoNotCall"), Allow(Role.Supervisor), Audits("do-not-call.added")]
    [Takes(typeof(DoNotCallInput))]
    [Answers(StatusCodes.Status201Created, typeof(DoNotCallView))]
    [Answers(StatusCodes.Status200OK, typeof(DoNotCallView))]
    public async Task<IResult> Add(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "do-not-call")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<DoNotCallInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        var e164 = ReadAlone(input.Number, "number", errors);
        var reason = PlainText.Of(input.Reason);
        if (reason is null || reason.Length > LongestReason)
        {
            errors.Add(
                "reason",
                $"Escriba por qué no se debe llamar, en {LongestReason} caracteres como máximo.",
                $"Write why it must not be called, in {LongestReason} characters at most.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        if (await store.FindAsync(e164!, cancellationToken) is { } known
            && known.Wishes.Any(wish => wish.Source == DoNotCallSource.Person))
        {
            // Repeated, or somebody else has asked for the same.
            return TypedResults.Ok((await ShownAsync(request, [known], cancellationToken))[0]);
        }

        var wish = new DoNotCallWish
        {
            Reason = reason,
            AddedAt = clock.GetUtcNow(),
            AddedBy = request.HttpContext.User.RequiredAgentId(),
            Source = DoNotCallSource.Person,
        };
        var (entry, isNew) = await audit.ChangeAsync(
            request,
            AuditChange.Of("do-not-call.added", e164!, null, new { number = e164, reason }),
            () => store.AddAsync(e164!, wish, cancellationToken),
            _ => true);
        var view = (await ShownAsync(request, [entry], cancellationToken))[0];
        return isNew
            ? TypedResults.Created($"/api/do-not-call?number={Uri.EscapeDataString(e164!)}", view)
            : TypedResults.Ok(view);
    }

    /// <summary>Takes a number off the list. One that is gone already is answered in the same way.</summary>
    [Function("RemoveDoNotCall"), Allow(Role.Supervisor), Audits("do-not-call.removed")]
    [Refuses(StatusCodes.Status400BadRequest)]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Remove(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "do-not-call/{number}")] HttpRequest request,
        string number,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (Read(number, "number", errors) is not { } e164)
        {
            return request.Invalid(errors);
        }

        if (await store.FindAsync(e164, cancellationToken) is { } entry)
        {
            var before = (await ShownAsync(request, [entry], cancellationToken))[0];
            await audit.ChangeAsync(
                request,
                AuditChange.Of("do-not-call.removed", e164, before, null),
                () => store.RemoveAsync(e164, cancellationToken),
                removed => removed);
        }

        return TypedResults.NoContent();
    }

    private async Task<IReadOnlyList<DoNotCallView>> ShownAsync(
        HttpRequest request, IReadOnlyList<DoNotCallEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return [];
        }

        var roster = await agents.ReadAsync(cancellationToken);
        var language = request.Language();
        return [.. entries.Select(entry => DoNotCallView.Of(entry, numbers, roster, language))];
    }

    /// <summary>The whole number; null, with an error of the field, where it is none.</summary>
    private string? Read(string? text, string field, FieldErrors errors)
    {
        var e164 = text is { Length: <= LongestNumber } ? numbers.AsWhole(numbers.Parse(text)).E164 : null;
        if (e164 is null)
        {
            errors.Add(field, NoNumber.Es, NoNumber.En);
        }

        return e164;
    }

    /// <summary>The same, where nothing else is written: of two numbers one would be left off, and a date put on.</summary>
    private string? ReadAlone(string? text, string field, FieldErrors errors)
    {
        var e164 = Read(text, field, errors);
        if (e164 is null || OneNumber.IsAlone(text!.Trim(), numbers.Parse(text)))
        {
            return e164;
        }

        errors.Add(field, NotAlone.Es, NotAlone.En);
        return null;
    }

    /// <summary>The first digits of numbers with the country's code; null for what has none.</summary>
    private string? BeginningOf(string text)
    {
        if (numbers.Parse(text) is { Kind: PhoneNumberKind.Number, E164: { } whole })
        {
            return whole[1..];
        }

        var plain = string.Concat(text.Where(c => c is not (' ' or '-' or '(' or ')' or '.' or '\u00A0')));
        plain = plain.StartsWith("00", StringComparison.Ordinal) ? $"+{plain[2..]}" : plain;
        var digits = plain.StartsWith('+') ? plain[1..] : plain;
        return digits.Length is 0 or > 15 || !digits.All(char.IsAsciiDigit)
            ? null
            : plain.StartsWith('+') ? digits : numbers.HomePrefix[1..] + digits;
    }
}
