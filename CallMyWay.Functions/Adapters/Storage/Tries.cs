using Azure.Core;
using Azure.Core.Pipeline;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Counts how often the client library sent a request. If a response is lost, the library retries the request; if the
/// first try succeeded, the retry conflicts with itself. It counts requests that begin before it is disposed.
/// </summary>
internal sealed class Tries : IDisposable
{
    private readonly IDisposable _scope;

    private int _count;

    public Tries() => _scope = HttpPipeline.CreateHttpMessagePropertiesScope(
        new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(Tries)] = this });

    public bool AreSeveral => _count > 1;

    public void Dispose() => _scope.Dispose();

    /// <summary>
    /// Counts each try. Add it to the client's options at <see cref="HttpPipelinePosition.PerRetry"/>.
    /// </summary>
    public sealed class Policy : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            if (!message.TryGetProperty(nameof(Tries), out var tries))
            {
                return;
            }

            ((Tries)tries!)._count++;
            if (message.Request.Method == RequestMethod.Delete)
            {
                // If a DELETE without a body fails because the connection closes, .NET's handler silently sends it
                // again. A body, even an empty one, prevents that.
                message.Request.Content ??= RequestContent.Create(Array.Empty<byte>());
            }
        }
    }
}
