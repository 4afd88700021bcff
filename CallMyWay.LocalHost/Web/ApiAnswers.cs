using CallMyWay.Functions.Api;
using CallMyWay.Functions.Text;
using Microsoft.Net.Http.Headers;

namespace CallMyWay.LocalHost.Web;

/// <summary>
/// Completes the answers under <c>/api</c>: they are never cached, and every error is a ProblemDetails, including
/// errors outside of functions (unknown address, wrong method, unhandled exception).
/// </summary>
internal sealed partial class ApiAnswers(RequestDelegate next, ILogger<ApiAnswers> logger)
{
    private static readonly Dictionary<int, (Phrase Title, Phrase Detail)> Words = new()
    {
        [400] = (new("Solicitud incorrecta", "Bad request"), new("La solicitud no se puede leer: revise la dirección y los datos.", "The request can't be read: check the address and the data.")),
        [404] = (new("No se encontró", "Not found"), new("No hay nada en esta dirección.", "There is nothing at this address.")),
        [405] = (new("Método no aceptado", "Method not allowed"), new("Esta dirección no acepta ese método.", "This address does not accept that method.")),
        [408] = (new("Solicitud incompleta", "Request timed out"), new("La solicitud no llegó completa a tiempo.", "The request did not arrive in time.")),
        [413] = (new("Demasiado grande", "Too large"), new("El contenido es más grande de lo que se acepta.", "The content is larger than is accepted.")),
        [415] = (new("Formato no aceptado", "Format not accepted"), new("Envíe JSON, con el encabezado Content-Type: application/json.", "Send JSON, with the header Content-Type: application/json.")),
    };

    public Task InvokeAsync(HttpContext context)
    {
        if (!SitePaths.IsApi(context.Request.Path))
        {
            return next(context);
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers[HeaderNames.XFrameOptions] = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        return AnswerAsync(context);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has disconnected, so nobody reads the answer.
            context.Response.StatusCode = 499;
            return;
        }
        catch (BadHttpRequestException exception)
        {
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = exception.StatusCode;
            }
        }
        catch (Exception exception)
        {
            await FailedAsync(context, exception);
            return;
        }

        var response = context.Response;
        if (response.StatusCode >= 400
            && !response.HasStarted
            && response.ContentLength is null
            && response.ContentType is null)
        {
            var (title, detail) = Words.GetValueOrDefault(response.StatusCode, Words[400]);
            await context.Request.Problem(response.StatusCode, title, detail).ExecuteAsync(context);
        }
    }

    private async Task FailedAsync(HttpContext context, Exception exception)
    {
        // Log the function's name and not the address, which can hold the webhook's key or a phone number.
        Log.Failed(logger, context.GetEndpoint()?.DisplayName ?? "A request", context.TraceIdentifier, exception);
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Headers.Remove(HeaderNames.ETag);
        await context.Request.Failed(exception, context.TraceIdentifier).ExecuteAsync(context);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Function} failed ({TraceId}).")]
        public static partial void Failed(ILogger logger, string function, string traceId, Exception exception);
    }
}
