using System.Text.Json;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CallMyWay.Functions.Api;

/// <summary>Reads a request's JSON body, and says in plain words what is wrong with it.</summary>
public static class JsonBody
{
    private const int MaxBytes = 256 * 1024;

    /// <summary>
    /// The body, or the refusal: 400 if it is not the expected JSON, 413 if it is too large, 415 if it is another type
    /// of content.
    /// </summary>
    public static Task<(T? Value, IResult? Refusal)> ReadJsonAsync<T>(
        this HttpRequest request, CancellationToken cancellationToken)
        where T : class =>
        ReadJsonAsync<T>(request, ApiJson.Options, MaxBytes, cancellationToken);

    /// <summary>The same for a body that may be larger.</summary>
    public static Task<(T? Value, IResult? Refusal)> ReadJsonAsync<T>(
        this HttpRequest request, int maxBytes, CancellationToken cancellationToken)
        where T : class =>
        ReadJsonAsync<T>(request, ApiJson.Options, maxBytes, cancellationToken);

    /// <summary>The same for a body with times: those without an offset are in the account's zone.</summary>
    public static Task<(T? Value, IResult? Refusal)> ReadJsonAsync<T>(
        this HttpRequest request, TimeZoneInfo zone, CancellationToken cancellationToken)
        where T : class =>
        ReadJsonAsync<T>(request, ApiJson.In(zone), MaxBytes, cancellationToken);

    /// <summary>
    /// A part of a body that was read without its shape; null where it is null. The errors say what is wrong with its
    /// fields.
    /// </summary>
    public static (T? Value, FieldErrors Errors) ReadJson<T>(this JsonElement element)
        where T : class
    {
        try
        {
            return (element.Deserialize<T>(ApiJson.Options), new FieldErrors());
        }
        catch (JsonException exception)
        {
            return (null, JsonErrors.Of(exception, typeof(T), ApiJson.Options));
        }
    }

    private static async Task<(T? Value, IResult? Refusal)> ReadJsonAsync<T>(
        HttpRequest request, JsonSerializerOptions options, int maxBytes, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, request.Problem(
                StatusCodes.Status415UnsupportedMediaType,
                new("Formato no aceptado", "Format not accepted"),
                new("Envíe JSON, con el encabezado Content-Type: application/json.", "Send JSON, with the header Content-Type: application/json.")));
        }

        if (request.ContentLength == 0)
        {
            return (null, NotRead(
                request, new("Falta el contenido: envíe JSON.", "The content is missing: send JSON.")));
        }

        if (request.ContentLength > maxBytes)
        {
            return (null, TooLarge(request, maxBytes));
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxBytes;
        }

        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(request.Body, options, cancellationToken);
            return value is null ? (null, NotJson(request, null)) : (value, null);
        }
        catch (JsonException exception)
        {
            return (null, NotJson(request, exception.Path, JsonErrors.Of(exception, typeof(T), options)));
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, TooLarge(request, maxBytes));
        }
    }

    private static IResult NotJson(HttpRequest request, string? path, FieldErrors? errors = null)
    {
        // The whole is "$", and what is in it begins with "$.".
        var place = path?.TrimStart('$').TrimStart('.') is { Length: > 0 } inside ? inside : null;
        return NotRead(
            request,
            place is null
                ? new("El contenido no es el JSON esperado.", "The content is not the JSON expected.")
                : new(
                    $"El contenido no es el JSON esperado (en {place}).",
                    $"The content is not the JSON expected (at {place})."),
            errors);
    }

    private static IResult NotRead(HttpRequest request, Phrase detail, FieldErrors? errors = null)
    {
        var title = new Phrase("No se entiende el contenido", "The content can't be read");
        return errors is { Any: true }
            ? request.Invalid(StatusCodes.Status400BadRequest, title, detail, errors)
            : request.Problem(StatusCodes.Status400BadRequest, title, detail);
    }

    private static IResult TooLarge(HttpRequest request, int maxBytes) => request.Problem(
        StatusCodes.Status413PayloadTooLarge,
        new("Demasiado grande", "Too large"),
        new($"El contenido pasa de {maxBytes / 1024} KB.", $"The content is larger than {maxBytes / 1024} KB."));
}
