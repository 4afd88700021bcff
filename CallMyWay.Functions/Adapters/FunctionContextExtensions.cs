using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Adapters;

internal static class FunctionContextExtensions
{
    /// <summary>
    /// True where the function is triggered by a request, told by its bindings: the same way as the worker's own
    /// integration with ASP.NET Core does.
    /// </summary>
    public static bool IsHttp(this FunctionContext context) =>
        context.FunctionDefinition.InputBindings.Values.Any(
            binding => binding.Type.Equals("httpTrigger", StringComparison.OrdinalIgnoreCase));

    /// <summary>What the log and the traces of this invocation are found by.</summary>
    public static string TraceId(this FunctionContext context) =>
        Activity.Current?.TraceId.ToString()
        ?? (ActivityContext.TryParse(
            context.TraceContext.TraceParent, null, out var parent) ? parent.TraceId.ToString() : context.InvocationId);
}
