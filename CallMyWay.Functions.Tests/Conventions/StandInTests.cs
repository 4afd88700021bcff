using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// The stand-in offers exactly these members of the official types, no more and no less, so that what compiles here compiles there.
/// The truth is https://github.com/Azure/azure-functions-dotnet-worker, folder extensions, as of the worker 2.52.0.
/// </summary>
public sealed class StandInTests
{
    private const string Approved = """
        enum Microsoft.Azure.Functions.Worker.AuthorizationLevel : Enum
          Anonymous = 0
          User = 1
          Function = 2
          System = 3
          Admin = 4
        abstract class Microsoft.Azure.Functions.Worker.Extensions.Abstractions.BindingAttribute : Attribute, on Method
          new()
        abstract class Microsoft.Azure.Functions.Worker.Extensions.Abstractions.TriggerBindingAttribute : BindingAttribute, on Parameter
          new()
        class Microsoft.Azure.Functions.Worker.FunctionAttribute : Attribute, on Method
          new(String name)
          String Name { get; }
        sealed class Microsoft.Azure.Functions.Worker.HttpTriggerAttribute : TriggerBindingAttribute, on Parameter
          new()
          new(AuthorizationLevel authLevel)
          new(AuthorizationLevel authLevel, params String[] methods)
          new(params String[] methods)
          AuthorizationLevel AuthLevel { get; }
          String? Route { get; set; }
          String[]? Methods { get; }
        sealed class Microsoft.Azure.Functions.Worker.QueueTriggerAttribute : TriggerBindingAttribute, on Parameter
          new(String queueName)
          String QueueName { get; }
          String? Connection { get; set; }
        class Microsoft.Azure.Functions.Worker.ScheduleStatus : Object
          new()
          DateTime Last { get; set; }
          DateTime LastUpdated { get; set; }
          DateTime Next { get; set; }
        class Microsoft.Azure.Functions.Worker.TimerInfo : Object
          new()
          Boolean IsPastDue { get; set; }
          ScheduleStatus? ScheduleStatus { get; set; }
        sealed class Microsoft.Azure.Functions.Worker.TimerTriggerAttribute : TriggerBindingAttribute, on Parameter
          new(String schedule)
          Boolean RunOnStartup { get; set; }
          Boolean UseMonitor { get; set; }
          String Schedule { get; }
        """;

    [Fact]
    public void The_Stand_In_Is_The_Approved_Part_Of_The_Official_Types() =>
        PublicApi.Of(typeof(FunctionAttribute).Assembly.GetExportedTypes()).ShouldBe(Approved, StringCompareShould.IgnoreLineEndings);

    [Fact]
    public void A_Member_More_Would_Be_Seen() =>
        PublicApi.Of([typeof(OneMore)]).ShouldBe(
            $$"""
            sealed class {{typeof(OneMore).FullName}} : Object
              new(params Int32[] numbers)
              Int32 Number { get; }
              Int32? Maybe { get; set; }
              String Words(String text)
            """,
            StringCompareShould.IgnoreLineEndings);

#pragma warning disable CA1034, CA1822 // An example only.
    public sealed class OneMore(params int[] numbers)
    {
        public int Number { get; private set; } = numbers.Length;

        public int? Maybe { get; set; }

        public string Words(string text) => text;
    }
#pragma warning restore CA1034, CA1822

    private static class PublicApi
    {
        private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        public static string Of(IEnumerable<Type> types) => string.Join('\n', types.OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Lines));

        private static IEnumerable<string> Lines(Type type)
        {
            var kind = type.IsEnum ? "enum" : $"{(type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}class";
            var target = type.GetCustomAttribute<AttributeUsageAttribute>() is { } usage && type.IsAssignableTo(typeof(Attribute)) ? $", on {usage.ValidOn}" : "";
            return
            [
                $"{kind} {type.FullName} : {type.BaseType!.Name}{target}",
                .. type.IsEnum
                    ? Enum.GetValues(type).Cast<object>().Select(value => $"  {value} = {(int)value}")
                    : Members(type).Select(member => $"  {member}"),
            ];
        }

        private static IEnumerable<string> Members(Type type) =>
        [
            .. type.GetConstructors(Declared).Select(constructor => $"new({Parameters(constructor)})").Order(StringComparer.Ordinal),
            .. type.GetProperties(Declared).Select(Property).Order(StringComparer.Ordinal),
            .. type.GetFields(Declared).Select(field => $"{Name(field.FieldType)} {field.Name}").Order(StringComparer.Ordinal),
            .. type.GetMethods(Declared).Where(method => !method.IsSpecialName).Select(method => $"{Name(method.ReturnType)} {method.Name}({Parameters(method)})").Order(StringComparer.Ordinal),
        ];

        private static string Property(PropertyInfo property)
        {
            var nullable = new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable && Nullable.GetUnderlyingType(property.PropertyType) is null;
            return $"{Name(property.PropertyType)}{(nullable ? "?" : "")} {property.Name} {{ get;{(property.SetMethod is { IsPublic: true } ? " set;" : "")} }}";
        }

        private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
            $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{Name(parameter.ParameterType)} {parameter.Name}"));

        private static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? $"{inner.Name}?" : type.Name;
    }
}
