using System.Reflection;
using CallMyWay.LocalHost;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>A method with <c>[Function]</c>, with the triggers of its parameters.</summary>
internal sealed record FunctionMethod(MethodInfo Method, string Name, IReadOnlyList<TriggerBindingAttribute> Triggers)
{
    public HttpTriggerAttribute? Http => Triggers.OfType<HttpTriggerAttribute>().FirstOrDefault();

    public QueueTriggerAttribute? Queue => Triggers.OfType<QueueTriggerAttribute>().FirstOrDefault();

    public override string ToString() => $"{Name} ({Method.DeclaringType!.Name}.{Method.Name})";
}

/// <summary>The functions of some types, found by their attributes, as the worker does.</summary>
internal static class FunctionMethods
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The features' functions, which both hosts run.</summary>
    public static IReadOnlyList<FunctionMethod> All { get; } = Of(typeof(CallMyWayServices).Assembly.GetTypes());

    /// <summary>All functions, including those of LocalHost, such as the sign-in.</summary>
    public static IReadOnlyList<FunctionMethod> Everywhere { get; } =
        [.. All, .. Of(typeof(LocalHostApp).Assembly.GetTypes())];

    public static IReadOnlyList<FunctionMethod> Of(params IEnumerable<Type> types) =>
    [
        .. from type in types
           from method in type.GetMethods(Any)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           select new FunctionMethod(
               method,
               function.Name,
               [.. method.GetParameters().SelectMany(p => p.GetCustomAttributes<TriggerBindingAttribute>())]),
    ];
}
