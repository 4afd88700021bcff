using System.Reflection;

namespace CallMyWay.Functions.Adapters;

/// <summary>Finds the method that the worker calls <c>Namespace.Class.Method</c>.</summary>
internal static class EntryPoint
{
    public static MethodInfo Find(string entryPoint, Assembly assembly)
    {
        var dot = entryPoint.LastIndexOf('.');
        var type = dot < 0 ? null : assembly.GetType(entryPoint[..dot]);
        return type?.GetMethod(entryPoint[(dot + 1)..])
            ?? throw new InvalidOperationException(
                $"There is no function method {entryPoint} in {assembly.GetName().Name}.");
    }
}
