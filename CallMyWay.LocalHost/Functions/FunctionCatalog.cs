using System.Reflection;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.LocalHost.Functions;

/// <summary>A function with an HTTP trigger. If <paramref name="Methods"/> is empty, it accepts any method.</summary>
public sealed record HttpFunction(
    string Name, MethodInfo Method, string Route, IReadOnlyList<string> Methods, AuthorizationLevel Level)
{
    public override string ToString() =>
        $"{Name} ({(Methods.Count == 0 ? "any" : string.Join(", ", Methods))} /api/{Route})";
}

/// <summary>A function with a queue trigger.</summary>
public sealed record QueueFunction(string Name, MethodInfo Method, string Queue);

/// <summary>A function with a timer trigger.</summary>
public sealed record TimerFunction(string Name, MethodInfo Method, string Schedule, bool UseMonitor, bool RunOnStartup);

/// <summary>
/// Finds the functions by their attributes, as the worker does. A function that the worker would not run, or would run
/// differently, is refused by name at the start and in the tests.
/// </summary>
public sealed class FunctionCatalog
{
    private FunctionCatalog(
        IReadOnlyList<HttpFunction> http, IReadOnlyList<QueueFunction> queues, IReadOnlyList<TimerFunction> timers) =>
        (Http, Queues, Timers) = (http, queues, timers);

    public IReadOnlyList<HttpFunction> Http { get; }

    public IReadOnlyList<QueueFunction> Queues { get; }

    public IReadOnlyList<TimerFunction> Timers { get; }

    /// <summary>The functions in the assemblies.</summary>
    public static FunctionCatalog Of(params IEnumerable<Assembly> assemblies) =>
        Of(assemblies.SelectMany(assembly => assembly.GetTypes()));

    /// <summary>The functions in the types.</summary>
    /// <exception cref="InvalidOperationException">A function can't be run. The message names it.</exception>
    public static FunctionCatalog Of(params IEnumerable<Type> types)
    {
        var http = new List<HttpFunction>();
        var queues = new List<QueueFunction>();
        var timers = new List<TimerFunction>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var method in types.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { Name: var name })
            {
                continue;
            }

            Require(names.Add(name), name, "has the name of another function.");
            Require(
                !method.IsStatic, name, "is static; a function is a method of a class that is created for each call.");
            // The parameters are read once: while another thread reads them too, a second read may get other objects.
            var parameters = method.GetParameters();
            if (Trigger<HttpTriggerAttribute>(parameters) is ({ } trigger, var request))
            {
                http.Add(ToHttp(name, method, parameters, trigger, request));
            }
            else if (Trigger<QueueTriggerAttribute>(parameters) is ({ } queue, var message))
            {
                Require(
                    message.ParameterType == typeof(string),
                    name,
                    "takes a queue message as something else than a string.");
                RequireOnlyTrigger(name, parameters, message);
                queues.Add(new QueueFunction(name, method, queue.QueueName));
            }
            else if (Trigger<TimerTriggerAttribute>(parameters) is ({ } timer, var info))
            {
                Require(
                    info.ParameterType == typeof(TimerInfo), name, "takes a timer as something else than TimerInfo.");
                RequireOnlyTrigger(name, parameters, info);
                timers.Add(new TimerFunction(name, method, timer.Schedule, timer.UseMonitor, timer.RunOnStartup));
            }
            else
            {
                throw new InvalidOperationException($"Function {name} has no trigger.");
            }
        }

        return new FunctionCatalog(http, queues, timers);
    }

    private static HttpFunction ToHttp(
        string name,
        MethodInfo method,
        ParameterInfo[] parameters,
        HttpTriggerAttribute trigger,
        ParameterInfo request)
    {
        var route = trigger.Route ?? name;
        var pattern = RoutePatternFactory.Parse(route);
        Require(
            request.ParameterType == typeof(HttpRequest), name, "takes a request as something else than HttpRequest.");
        foreach (var parameter in parameters)
        {
            Require(
                parameter == request
                    || parameter.ParameterType == typeof(CancellationToken)
                    || pattern.GetParameter(parameter.Name!) is not null,
                name,
                $"has a parameter '{parameter.Name}' that is neither in its route nor the request nor a CancellationToken.");
        }

        return new HttpFunction(
            name, method, route, [.. (trigger.Methods ?? []).Select(m => m.ToUpperInvariant())], trigger.AuthLevel);
    }

    private static (T? Attribute, ParameterInfo Parameter) Trigger<T>(ParameterInfo[] parameters)
        where T : Attribute =>
        parameters.Select(parameter => (parameter.GetCustomAttribute<T>(), parameter))
            .FirstOrDefault(found => found.Item1 is not null);

    private static void RequireOnlyTrigger(string name, ParameterInfo[] parameters, ParameterInfo trigger) => Require(
        parameters.All(parameter => parameter == trigger || parameter.ParameterType == typeof(CancellationToken)),
        name,
        "takes more than its trigger and a CancellationToken.");

    private static void Require(bool kept, string function, string otherwise)
    {
        if (!kept)
        {
            throw new InvalidOperationException($"Function {function} {otherwise}");
        }
    }
}
