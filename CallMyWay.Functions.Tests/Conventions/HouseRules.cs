using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// The rules that keep one source running alike on both hosts. Each returns a sentence for every breach.
/// </summary>
internal static partial class HouseRules
{
    private static readonly string[] WorkerTypes =
    [
        nameof(FunctionAttribute), nameof(HttpTriggerAttribute), nameof(AuthorizationLevel),
        nameof(QueueTriggerAttribute), nameof(TimerTriggerAttribute), nameof(TimerInfo),
    ];

    private static readonly string[] HostsAssemblies =
    [
        "Azure.", "CallMyWay.LocalHost", "Google.Protobuf", "Grpc.", "Microsoft.Azure.", "Microsoft.Data.Sqlite", "Microsoft.Extensions.Azure",
        "SQLitePCLRaw.",
    ];

    public static IEnumerable<string> Routing(IReadOnlyList<FunctionMethod> functions)
    {
        var routed = (
            from function in functions
            where function.Http?.Route is not null
            select (Function: function, Route: function.Http!.Route!, Methods: function.Http.Methods ?? [])).ToList();
        return from pair in routed.SelectMany((one, i) => routed.Skip(i + 1).Select(other => (One: one, Other: other)))
               where Routes.CanMatchTheSamePath(pair.One.Route, pair.Other.Route)
               where !Routes.AreTheSame(pair.One.Route, pair.Other.Route)
                   || pair.One.Methods.Intersect(pair.Other.Methods, StringComparer.OrdinalIgnoreCase).Any()
               select $"One path reaches both {pair.One.Function} at '{pair.One.Route}' and {pair.Other.Function} at '{pair.Other.Route}'.";
    }

    public static IEnumerable<string> HttpTriggers(IReadOnlyList<FunctionMethod> functions)
    {
        foreach (var function in functions)
        {
            if (function.Http is not { } http)
            {
                continue;
            }

            if (http.AuthLevel != AuthorizationLevel.Anonymous)
            {
                yield return $"{function} asks for a function key, which only the platform's host knows: say AuthorizationLevel.Anonymous.";
            }

            if (http.Methods is not { Length: > 0 })
            {
                yield return $"{function} names no methods, so any would do.";
            }

            if (string.IsNullOrEmpty(http.Route)
                || http.Route.StartsWith('/')
                || http.Route.StartsWith("api/", StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{function} needs a route of its own, without the prefix 'api/' that the host adds.";
                continue;
            }

            if (function.Method.ReturnType != typeof(IResult) && function.Method.ReturnType != typeof(Task<IResult>))
            {
                yield return $"{function} must return IResult or Task<IResult>: anything else is written differently by each host.";
            }

            var inRoute = RoutePatternFactory.Parse(http.Route).Parameters.Select(parameter => parameter.Name).ToList();
            foreach (var parameter in function.Method.GetParameters())
            {
                if (parameter.ParameterType != typeof(HttpRequest)
                    && parameter.ParameterType != typeof(CancellationToken)
                    && !inRoute.Contains(parameter.Name!))
                {
                    yield return $"{function}: the parameter '{parameter.Name}' is not in the route '{http.Route}'.";
                }
            }
        }
    }

    public static IEnumerable<string> Roles(IReadOnlyList<FunctionMethod> functions)
    {
        foreach (var function in functions.Where(function => function.Http is not null))
        {
            var allow = function.Method.GetCustomAttribute<AllowAttribute>();
            var anyone = function.Method.GetCustomAttribute<AllowAnyoneAttribute>();
            var key = function.Method.IsDefined(typeof(AllowKeyAttribute));
            if (anyone is null ? allow is null && !key : allow is not null || key)
            {
                yield return $"{function} must say who may call it: [Allow(role)], [AllowKey(scope)] or both, or "
                    + "[AllowAnyone(because)].";
            }
            else if (anyone is not null && string.IsNullOrWhiteSpace(anyone.Because))
            {
                yield return $"{function} lets anyone in without a reason.";
            }
            else if (allow is not null && !Enum.IsDefined(allow.Role))
            {
                yield return $"{function} asks for a role that does not exist.";
            }
        }
    }

    public static IEnumerable<string> Audits(IReadOnlyList<FunctionMethod> functions)
    {
        foreach (var function in functions.Where(IsToBeAudited))
        {
            var audits = function.Method.GetCustomAttribute<AuditsAttribute>();
            var not = function.Method.GetCustomAttribute<NotAuditedAttribute>();
            if (audits is null == not is null)
            {
                yield return $"{function} changes something or exports: say one of [Audits(what)] and [NotAudited(because)].";
            }
            else if (not is not null && string.IsNullOrWhiteSpace(not.Because))
            {
                yield return $"{function} is not audited without a reason.";
            }
            else if (audits is not null && (audits.What.Count == 0 || !audits.What.All(what => AuditedThing().IsMatch(what))))
            {
                yield return $"{function} audits what is no thing and verb, such as 'mapping.changed'.";
            }
        }
    }

    public static IEnumerable<string> Declarations(IReadOnlyList<FunctionMethod> functions)
    {
        foreach (var function in functions)
        {
            if (function.Triggers.Count != 1)
            {
                yield return $"{function} must have one trigger and has {function.Triggers.Count}.";
            }

            if (!function.Method.IsPublic || !function.Method.DeclaringType!.IsVisible)
            {
                yield return $"{function} must be a public method of a public class: the worker sees no other.";
            }

            if (function.Method.IsStatic)
            {
                yield return $"{function} is static; a function is a method of a class that is created for each call.";
            }

            if (!ValidName().IsMatch(function.Name))
            {
                yield return $"{function}: a function's name is letters, digits, '-' and '_', from a letter on.";
            }

            if (function.Method.DeclaringType!.GetMethods().Count(method => method.Name == function.Method.Name) > 1)
            {
                yield return $"{function} has an overload: the worker looks methods up by name alone.";
            }
        }

        foreach (var same in functions.GroupBy(
            function => function.Name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
        {
            yield return $"Two functions share the name {same.Key}: {string.Join(", ", same)}.";
        }
    }

    public static IEnumerable<string> Queues(IReadOnlyList<FunctionMethod> functions) =>
        from function in functions
        where function.Queue is not null && !StorageNames.Queues.Contains(function.Queue.QueueName)
        select $"{function} waits for the queue '{function.Queue!.QueueName}', which StorageNames.Queues does not list, so that nobody creates it.";

    /// <summary>
    /// The host types that these types use, also inside their methods, except the attributes of the worker's triggers.
    /// </summary>
    public static IEnumerable<string> References(params IEnumerable<Type> types) =>
        from type in types
        from used in TypeUses.Of(type)
        where IsOfAHost(used)
        select $"{type} uses {used.FullName}, which is one host's; of the worker features know only {string.Join(", ", WorkerTypes)}.";

    private static bool IsOfAHost(Type type) =>
        type.Namespace == typeof(AzureStorageServices).Namespace
        || (!WorkerTypes.Contains(type.Name, StringComparer.Ordinal)
            && Array.Exists(HostsAssemblies, assembly => type.Assembly.GetName().Name!.StartsWith(assembly, StringComparison.Ordinal)));

    public static IEnumerable<string> Statics(params IEnumerable<Type> types)
    {
        const BindingFlags Static =
            BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var type in types.Where(type => !IsGenerated(type)))
        {
            foreach (var field in type.GetFields(Static).Where(
                field => !field.IsPrivate && !field.IsLiteral && !IsGenerated(field)))
            {
                if (!field.IsInitOnly || IsMutable(field.FieldType))
                {
                    yield return $"{type.Name}.{field.Name} is state that all share.";
                }
            }

            foreach (var property in type.GetProperties(Static).Where(property => !IsGenerated(property)))
            {
                if (property.SetMethod is { IsPrivate: false }
                    || (property.GetMethod is { IsPrivate: false } && IsMutable(property.PropertyType)))
                {
                    yield return $"{type.Name}.{property.Name} is state that all share.";
                }
            }
        }
    }

    private static bool IsMutable(Type type) => type.IsArray
        || (type.Namespace is not ("System.Collections.Immutable" or "System.Collections.Frozen" or "System.Collections.ObjectModel")
            && type.GetInterfaces().Append(type).Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(ICollection<>)));

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || member.IsDefined(typeof(GeneratedCodeAttribute), inherit: false)
        || (member.DeclaringType is { } outer && IsGenerated(outer));

    private static bool IsToBeAudited(FunctionMethod function) => function.Http is { } http
        && (http.Route?.StartsWith("exports/", StringComparison.OrdinalIgnoreCase) == true
            || http.Methods?.Any(method => !method.Equals("get", StringComparison.OrdinalIgnoreCase)) == true);

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex AuditedThing();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,126}$", RegexOptions.None, 1000)]
    private static partial Regex ValidName();
}
