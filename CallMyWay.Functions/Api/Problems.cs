using System.Globalization;
using System.Text.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>The API's errors: a ProblemDetails (RFC 9457) in plain words, in the caller's language.</summary>
public static class Problems
{
    /// <summary>
    /// When to retry if the storage does not answer. Its own retries have already taken some seconds.
    /// </summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    public static IResult Problem(this HttpRequest request, int status, Phrase title, Phrase detail, IDictionary<string, object?>? extensions = null, string? type = null)
    {
        var language = request.Language();
        return TypedResults.Problem(
            statusCode: status,
            title: title.In(language),
            detail: detail.In(language),
            type: type,
            extensions: Known(extensions));
    }

    public static IResult SignInFirst(this HttpRequest request) => request.Problem(
        StatusCodes.Status401Unauthorized,
        new("Inicie sesión", "Sign in"),
        new("Esta dirección es para quien ha iniciado sesión.", "Sign in to use this address."));

    /// <summary>403: signed in, but no agent. It is not 401, as signing in again would change nothing.</summary>
    public static IResult NotAdded(this HttpRequest request) => request.Problem(
        StatusCodes.Status403Forbidden,
        new("Todavía no tiene acceso", "You have no access yet"),
        new(
            $"Inició sesión como {request.HttpContext.User.Identity?.Name}. Pida a un administrador que le dé acceso con "
                + "ese usuario.",
            $"You are signed in as {request.HttpContext.User.Identity?.Name}. Ask an administrator to give you access with "
                + "that username."),
        type: "urn:callmyway:not-added");

    public static IResult Forbidden(this HttpRequest request) => request.Problem(
        StatusCodes.Status403Forbidden,
        new("No tiene permiso", "Not allowed"),
        new("Su rol no permite hacer esto. Pídalo a un administrador.", "Your role does not allow this. Ask an administrator."));

    /// <summary>403: the API key has not the scope.</summary>
    public static IResult ScopeMissing(this HttpRequest request, KeyScope scope)
    {
        var name = NameOf(scope);
        return request.Problem(
            StatusCodes.Status403Forbidden,
            new("No tiene permiso", "Not allowed"),
            new(
                $"Esta clave no tiene el permiso «{name}». Pida a un administrador una clave que lo tenga.",
                $"This key has not the scope “{name}”. Ask an administrator for a key that has it."));
    }

    /// <summary>403: no API key may do this, whatever its scopes.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isForTokens">True where an agent in another application's page may, by a token.</param>
    public static IResult NotForKeys(this HttpRequest request, bool isForTokens) => request.Problem(
        StatusCodes.Status403Forbidden,
        new("No tiene permiso", "Not allowed"),
        isForTokens
            ? new(
                "Una clave no puede hacer esto: es para un agente, con un token (X-CallMyWay-Token).",
                "An API key can't do this: it is for an agent, with a token (X-CallMyWay-Token).")
            : new(
                "Una clave no puede hacer esto: es para personas que inician sesión.",
                "An API key can't do this: it is for people who sign in."));

    /// <summary>403: only an API key may do this, whoever is signed in.</summary>
    public static IResult ForKeys(this HttpRequest request, KeyScope scope)
    {
        var name = NameOf(scope);
        return request.Problem(
            StatusCodes.Status403Forbidden,
            new("No tiene permiso", "Not allowed"),
            new(
                $"Esto lo hace otro sistema, con una clave (X-CallMyWay-Key) que tenga el permiso «{name}».",
                $"This is for another application, with an API key (X-CallMyWay-Key) that has the scope “{name}”."));
    }

    /// <summary>403: no agent in another application's page may do this, whatever the agent's role.</summary>
    public static IResult NotForTokens(this HttpRequest request) => request.Problem(
        StatusCodes.Status403Forbidden,
        new("No tiene permiso", "Not allowed"),
        new(
            "Un token no puede hacer esto: es para personas que inician sesión en la consola.",
            "A token can't do this: it is for people who sign in at the console."));

    public static IResult NotFound(this HttpRequest request, Phrase what) => request.Problem(
        StatusCodes.Status404NotFound,
        new("No se encontró", "Not found"),
        what);

    /// <summary>412: the row has changed since the caller read it.</summary>
    public static IResult Changed(this HttpRequest request) => request.Problem(
        StatusCodes.Status412PreconditionFailed,
        new("Otra persona lo cambió", "Someone else changed it"),
        new(
            "Otra persona lo cambió después de que usted lo abrió. Ábralo otra vez y repita su cambio.",
            "Someone else changed it after you opened it. Open it again and repeat your change."));

    /// <summary>428: another agent sent it. Only a caller who has read that version may replace it.</summary>
    public static IResult VersionRequired(this HttpRequest request) => request.Problem(
        StatusCodes.Status428PreconditionRequired,
        new("Otra persona ya lo envió", "Someone else has sent it already"),
        new(
            "Lea lo que envió la otra persona. Para cambiarlo, repita la solicitud con If-Match y su etag.",
            "Read what the other person sent. To change it, repeat the request with If-Match and its etag."));

    /// <summary>
    /// 409: it was taken out of the call who it was with. What tells of that person is not stored again.
    /// </summary>
    public static IResult Anonymized(this HttpRequest request) => request.Problem(
        StatusCodes.Status409Conflict,
        new("Los datos de esta persona se borraron", "This person's data have been erased"),
        new(
            "Los datos de esta persona se borraron: de la llamada solo se guarda el resultado.",
            "This person's data have been erased: of the call only the outcome is kept."));

    /// <summary>The status of <see cref="Failed"/> for this error.</summary>
    public static int StatusOf(Exception error) =>
        error is StorageException { IsUnavailable: true }
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status500InternalServerError;

    /// <summary>503 with a time to retry if the storage can't answer; 500 for any other unexpected error.</summary>
    public static IResult Failed(this HttpRequest request, Exception error, string traceId)
    {
        if (StatusOf(error) == StatusCodes.Status500InternalServerError)
        {
            return request.Unexpected(traceId);
        }

        request.TryAgainSoon();
        return request.Problem(
            StatusCodes.Status503ServiceUnavailable,
            new("El almacenamiento no responde", "The storage does not answer"),
            new(
                "En este momento no se puede leer ni guardar. Intente de nuevo en unos segundos.",
                "Nothing can be read or stored right now. Try again in some seconds."));
    }

    /// <summary>Tells in <c>Retry-After</c> when the storage may answer again.</summary>
    public static void TryAgainSoon(this HttpRequest request) =>
        request.HttpContext.Response.Headers.RetryAfter = RetryAfter.TotalSeconds.ToString(
            CultureInfo.InvariantCulture);

    /// <summary>500: the answer holds no detail of the error, only the id to find it in the log.</summary>
    private static IResult Unexpected(this HttpRequest request, string traceId) => request.Problem(
        StatusCodes.Status500InternalServerError,
        new("Algo falló", "Something failed"),
        new(
            $"No se pudo completar la solicitud. Si se repite, dé este código al administrador: {traceId}.",
            $"The request could not be completed. If it happens again, give this code to the administrator: {traceId}."));

    /// <summary>The server could not read the request: it was too large, or broke off.</summary>
    public static IResult Unreadable(this HttpRequest request, BadHttpRequestException error) => request.Problem(
        error.StatusCode,
        new("La solicitud no se puede leer", "The request can't be read"),
        new("Llegó incompleta o es demasiado larga.", "It arrived incomplete, or is too long."));

    /// <summary>400 with a sentence for each field, and what else a program may need.</summary>
    public static IResult Invalid(
        this HttpRequest request, FieldErrors errors, IDictionary<string, object?>? extensions = null) =>
        request.Invalid(
            StatusCodes.Status400BadRequest,
            new("Revise los datos", "Check the data"),
            new("Hay campos que corregir.", "Some fields need correction."),
            errors,
            extensions);

    /// <summary>Another status with a sentence for each field.</summary>
    public static IResult Invalid(
        this HttpRequest request,
        int status,
        Phrase title,
        Phrase detail,
        FieldErrors errors,
        IDictionary<string, object?>? extensions = null)
    {
        var language = request.Language();
        return TypedResults.Problem(new HttpValidationProblemDetails(errors.In(language))
        {
            Status = status,
            Title = title.In(language),
            Detail = detail.In(language),
            Extensions = Known(extensions),
        });
    }

    private static string NameOf(KeyScope scope) => JsonNamingPolicy.CamelCase.ConvertName(scope.ToString());

    // A dictionary writes null too, and a field without a value is left out.
    private static Dictionary<string, object?> Known(IDictionary<string, object?>? extensions) => new(
        extensions?.Where(each => each.Value is not null) ?? [], StringComparer.Ordinal);
}

/// <summary>The errors of a request's fields, by their JSON names.</summary>
public sealed class FieldErrors
{
    private readonly List<(string Field, Phrase Error)> _errors = [];

    public bool Any => _errors.Count > 0;

    /// <summary>The errors in the order in which they were found.</summary>
    public IReadOnlyList<(string Field, Phrase Error)> All => _errors;

    public FieldErrors Add(string field, string es, string en)
    {
        _errors.Add((field, new Phrase(es, en)));
        return this;
    }

    public IDictionary<string, string[]> In(string language) => _errors
        .GroupBy(error => error.Field, StringComparer.Ordinal)
        .ToDictionary(
            field => field.Key,
            field => field.Select(error => error.Error.In(language)).ToArray(),
            StringComparer.Ordinal);
}
