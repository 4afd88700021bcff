using System.Reflection;

namespace CallMyWay.LocalHost.Functions;

/// <summary>
/// Runs a queue or timer function as the worker does: with a scope and a new instance for each call. What does not
/// depend on the call is prepared once.
/// </summary>
internal sealed class FunctionInvoker(IServiceProvider services, MethodInfo method)
{
    private readonly ObjectFactory _create = ActivatorUtilities.CreateFactory(method.DeclaringType!, []);

    private readonly MethodInvoker _invoke = MethodInvoker.Create(method);

    private readonly bool[] _isToken =
        [.. method.GetParameters().Select(parameter => parameter.ParameterType == typeof(CancellationToken))];

    public async Task InvokeAsync(object trigger, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var arguments = Array.ConvertAll(_isToken, isToken => isToken ? cancellationToken : trigger);
        switch (_invoke.Invoke(_create(scope.ServiceProvider, null), arguments.AsSpan()!))
        {
            case Task task:
                await task;
                break;
            case ValueTask task:
                await task;
                break;
        }
    }
}
