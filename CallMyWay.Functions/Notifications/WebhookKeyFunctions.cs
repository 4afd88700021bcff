using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Notifications;

/// <summary>The whole address that the operator sends its notifications to: a secret.</summary>
public sealed record WebhookAddressView(string Address);

/// <summary>Tells an administrator when each key of the webhook was used last, and the address to give to the operator.</summary>
[Tags("Calls")]
public sealed class WebhookKeyFunctions(IOptions<WebhookOptions> options, WebhookUse use, AuditLog audit)
{
    private static readonly Phrase NoSuchKey = new(
        "La configuración no tiene esa clave.", "The settings have no such key.");

    [Function("ListWebhookKeys"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(Page<WebhookKeyUse>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "webhook-keys")] HttpRequest request,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<WebhookKeyUse>(await use.ListAsync(cancellationToken), null));

    [Function("ShowWebhookAddress"), Allow(Role.Admin), Audits("webhook-key.shown")]
    [Answers(StatusCodes.Status200OK, typeof(WebhookAddressView))]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhook-keys/{keyNumber}/address")]
        HttpRequest request,
        string keyNumber,
        CancellationToken cancellationToken)
    {
        var keys = options.Value.Keys;
        if (!int.TryParse(keyNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1
            || number > keys.Count)
        {
            return request.NotFound(NoSuchKey);
        }

        await audit.WriteAsync(
            request, AuditChange.Of("webhook-key.shown", keyNumber, null, null), cancellationToken);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new WebhookAddressView(
            $"{request.Scheme}://{request.Host}{request.PathBase}/api/webhooks/callmyway/{keys[number - 1]}"));
    }
}
