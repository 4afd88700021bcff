using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Adapters;

internal static class FunctionContextExtensions
{
    /// <summary>
    /// True if a request triggers the function. It looks at the bindings, as the worker's integration with ASP.NET Core
    /// does.
    /// </summary>
    public static bool IsHttp(this FunctionContext context) =>
        context.FunctionDefinition.InputBindings.Values.Any(
            binding => binding.Type.Equals("httpTrigger", StringComparison.OrdinalIgnoreCase));

    /// <summary>The id to find this invocation by, in the log and in the traces.</summary>
    public static string TraceId(this FunctionContext context) =>
        Activity.Current?.TraceId.ToString()
        ?? (ActivityContext.TryParse(
            context.TraceContext.TraceParent, null, out var parent) ? parent.TraceId.ToString() : context.InvocationId);
}
