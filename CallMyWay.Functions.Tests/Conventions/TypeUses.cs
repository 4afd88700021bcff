using System.Reflection;
using System.Reflection.Emit;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>Tells which types a type uses: in its declarations, its attributes, and its compiled methods.</summary>
internal static class TypeUses
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => field.GetValue(null))
        .OfType<OpCode>()
        .ToDictionary(code => code.Value);

    public static IReadOnlySet<Type> Of(Type type)
    {
        var uses = new HashSet<Type>();
        Add(uses, [type.BaseType, .. type.GetInterfaces(), .. Constraints(type.GetGenericArguments())]);
        AddAttributes(uses, type);
        foreach (var member in type.GetMembers(Declared))
        {
            AddAttributes(uses, member);
            AddMember(uses, member);
            if (member is MethodBase method)
            {
                Add(uses, Constraints(method.IsGenericMethod ? method.GetGenericArguments() : []));
                AddBody(uses, method);
            }
        }

        return uses;
    }

    private static void AddBody(HashSet<Type> uses, MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        Add(uses, body.LocalVariables.Select(variable => variable.LocalType));
        Add(uses, body.ExceptionHandlingClauses
            .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
            .Select(clause => clause.CatchType));
        var types = method.DeclaringType!.GetGenericArguments();
        var own = method.IsGenericMethod ? method.GetGenericArguments() : [];
        foreach (var token in Tokens(body.GetILAsByteArray()!))
        {
            AddMember(uses, method.Module.ResolveMember(token, types, own)!);
        }
    }

    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            short value = code[at++];
            var opCode = Codes[value == 0xFE ? (short)(0xFE00 | code[at++]) : value];
            switch (opCode.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod:
                case OperandType.InlineTok or OperandType.InlineType:
                    yield return BitConverter.ToInt32(code, at);
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(code, at));
                    break;
                default:
                    at += Size(opCode.OperandType);
                    break;
            }
        }
    }

    private static int Size(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private static void AddMember(HashSet<Type> uses, MemberInfo member)
    {
        Add(uses, [member.DeclaringType]);
        Add(uses, member switch
        {
            Type type => [type],
            FieldInfo field => [field.FieldType],
            PropertyInfo property => [property.PropertyType],
            EventInfo @event => [@event.EventHandlerType],
            MethodBase method =>
            [
                (method as MethodInfo)?.ReturnType,
                .. method.GetParameters().Select(parameter => parameter.ParameterType),
                .. method.IsGenericMethod ? method.GetGenericArguments() : [],
            ],
            _ => [],
        });
    }

    private static void AddAttributes(HashSet<Type> uses, MemberInfo member)
    {
        var parameters = member is MethodBase method ? method.GetParameters() : [];
        var attributes = member.CustomAttributes
            .Concat(parameters.SelectMany(parameter => parameter.CustomAttributes))
            .ToList();
        Add(uses, attributes.Select(attribute => attribute.AttributeType));
        Add(uses, attributes
            .SelectMany(attribute => attribute.ConstructorArguments
                .Concat(attribute.NamedArguments.Select(named => named.TypedValue)))
            .SelectMany(TypesIn));
    }

    /// <summary>The types that an attribute's argument names, and the argument's own enum type.</summary>
    private static IEnumerable<Type?> TypesIn(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        IEnumerable<CustomAttributeTypedArgument> several => several.SelectMany(TypesIn),
        Type type => [type],
        _ => [argument.ArgumentType],
    };

    private static IEnumerable<Type> Constraints(IEnumerable<Type> arguments) => arguments
        .Where(argument => argument.IsGenericParameter)
        .SelectMany(argument => argument.GetGenericParameterConstraints());

    private static void Add(HashSet<Type> uses, IEnumerable<Type?> types)
    {
        foreach (var type in types.OfType<Type>())
        {
            if (type.HasElementType)
            {
                Add(uses, [type.GetElementType()]);
            }
            else if (!type.IsGenericParameter && uses.Add(type) && type.IsGenericType)
            {
                Add(uses, type.GetGenericArguments());
            }
        }
    }
}
