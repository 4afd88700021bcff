using Azure.Core;
using Azure.Core.Pipeline;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// How often the client library sent a request: where an answer was lost it sends it again, and a write that was done
/// then meets itself. Counts what is begun before it is disposed.
/// </summary>
internal sealed class Tries : IDisposable
{
    private readonly IDisposable _scope;

    private int _count;

    public Tries() => _scope = HttpPipeline.CreateHttpMessagePropertiesScope(
        new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(Tries)] = this });

    public bool AreSeveral => _count > 1;

    public void Dispose() => _scope.Dispose();

    /// <summary>For the client's options, at <see cref="HttpPipelinePosition.PerRetry"/>.</summary>
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
                // Without a body, if only an empty one, .NET's own handler sends it again by itself where the
                // connection closes, and tells nobody.
                message.Request.Content ??= RequestContent.Create(Array.Empty<byte>());
            }
        }
    }
}
