namespace CallMyWay.Simulator;

public enum StepKind { Detect, Connect, End }

/// <summary>What happens to a leg, and how long after the call began.</summary>
public sealed record Step(int After, StepKind Kind, Leg Leg);

/// <summary>A call before it is played: its legs, and what happens when.</summary>
public sealed record CallPlan(
    IReadOnlyList<Leg> Legs, IReadOnlyList<Step> Steps, DateTimeOffset At, string Origin, bool Notify);

/// <summary>Turns requests into plans: who calls whom, with which phones, at what price.</summary>
public static class CallPlans
{
    public static CallPlan Of(
        CallRequest request, Lines lines, Tariff tariff, CallBook book, Shape shape, DateTimeOffset now)
    {
        var account = request.Account is null ? null : lines.Account(request.Account);
        var type = request.Type ?? (lines.Find(request.From), lines.Find(request.To)) switch
        {
            (not null, not null) => CallType.Internal,
            (not null, null) => CallType.Out,
            _ => CallType.In,
        };

        // The phone whose notifications are sent. In an incoming or internal call it is the phone that rings, in an
        // outgoing call the one that calls.
        string[] names = request.Endpoints is { } group ? [.. group]
            : [request.Endpoint ?? (type == CallType.Out ? request.From! : request.To!)];
        var phones = names.Select(name => lines.FindOrNew(name, account)).ToArray();
        var phone = phones[Math.Max(0, Array.IndexOf(names, request.AnsweredBy))];

        var caller = type switch
        {
            _ when string.IsNullOrWhiteSpace(request.From) && type == CallType.Out => NameOf(phone, shape),
            _ when string.IsNullOrWhiteSpace(request.From) => shape.PrivateCallerId,
            CallType.In => PhoneText.Write(request.From, shape.NumberFormat),
            _ => lines.Find(request.From) is { } own ? NameOf(own, shape) : request.From,
        };
        var isPrivate = request.Private || (type == CallType.Out && phone.IsPrivate);
        var called = type == CallType.Out ? PhoneText.Write(request.To!, shape.NumberFormat)
            : string.IsNullOrWhiteSpace(request.To) ? NameOf(phone, shape)
            : lines.Find(request.To) is { } known ? NameOf(known, shape)
            : request.To;

        var callId = request.CallId ?? book.NewCallId();
        var at = request.TryReadStart(TimeZoneInfo.FindSystemTimeZoneById(phone.Account.TimeZone), out var given)
            ? given
            : now;
        if (phones.Length > 1 && shape.RingGroup == RingGroup.Hunt)
        {
            return Hunt([.. phones.Select(each => LegAt(each, [each.EndpointId]))]);
        }

        var leg = LegAt(phone, [.. phones.Select(each => each.EndpointId)]);
        leg.AnsweredBy = request.Answered ? phone.EndpointId : null;
        var connect = request.RingSeconds;
        if (request.TransferTo is { } other && type == CallType.In)
        {
            return Transfer(lines.FindOrNew(other, account));
        }

        Step[] steps = request.Answered
            ? [new(0, StepKind.Detect, leg), new(connect, StepKind.Connect, leg), new(
                connect + request.TalkSeconds, StepKind.End, leg)]
            : [new(0, StepKind.Detect, leg), new(connect, StepKind.End, leg)];
        return new CallPlan([leg], steps, at, "simulator", request.Notify);

        Leg LegAt(Line line, IReadOnlyList<string> endpoints, Line? handedOverBy = null) => Leg(
            handedOverBy is not null && shape.TransferId == TransferId.New ? book.NewCallId() : callId,
            type,
            line,
            isPrivate ? shape.PrivateCallerId : caller,
            handedOverBy is null ? called : NameOf(line, shape),
            tariff,
            lines,
            request.From,
            endpoints,
            handedOverBy);

        // Each phone rings for a while, until one answers.
        CallPlan Hunt(Leg[] legs)
        {
            var rings = new List<Step>();
            var begin = 0;
            foreach (var each in legs)
            {
                var answers = request.Answered && each.Line == phone;
                each.AnsweredBy = answers ? phone.EndpointId : null;
                var rung = begin + request.RingSeconds;
                rings.Add(new(begin, StepKind.Detect, each));
                if (answers)
                {
                    rings.Add(new(rung, StepKind.Connect, each));
                    rings.Add(new(rung + request.TalkSeconds, StepKind.End, each));
                    break;
                }

                rings.Add(new(rung, StepKind.End, each));
                begin = rung;
            }

            return new CallPlan(
                [.. rings.Select(step => step.Leg).Distinct()], rings, at, "simulator", request.Notify);
        }

        // The second phone rings while the first talks, and answers when that one leaves.
        CallPlan Transfer(Line second)
        {
            var leaves = connect + (request.TransferAfterSeconds ?? (request.TalkSeconds / 2));
            var next = LegAt(second, [second.EndpointId], phone);
            next.AnsweredBy = second.EndpointId;
            Step[] both =
            [
                new(0, StepKind.Detect, leg),
                new(connect, StepKind.Connect, leg),
                new(Math.Max(connect, leaves - request.RingSeconds), StepKind.Detect, next),
                new(leaves, StepKind.Connect, next),
                new(leaves, StepKind.End, leg),
                new(connect + request.TalkSeconds, StepKind.End, next),
            ];
            return new CallPlan([leg, next], both, at, "simulator", request.Notify);
        }
    }

    private static string NameOf(Line line, Shape shape) => shape.PhoneForm switch
    {
        PhoneForm.Id => line.EndpointId,
        PhoneForm.Sip => $"sip:{line.EndpointId}@pbx.callmyway.example",
        _ => line.Number,
    };

    /// <summary>A click: the first number is called, and when it answers, the second.</summary>
    public static CallPlan ForClick(
        Line agent,
        bool agentFirst,
        string first,
        string second,
        Lines lines,
        Tariff tariff,
        CallBook book,
        Shape shape,
        ClickBehaviour click,
        DateTimeOffset now)
    {
        var contact = agentFirst ? second : first;
        var colleague = lines.Find(contact) is { } line && line.Account == agent.Account ? line : null;
        var type = colleague is null ? CallType.Out : CallType.Internal;
        var dnis = colleague is null ? PhoneText.Write(contact, shape.NumberFormat) : NameOf(colleague, shape);
        var ani = agent.IsPrivate ? shape.PrivateCallerId : NameOf(agent, shape);
        var whole = Leg(book.NewCallId(), type, agent, ani, dnis, tariff, lines, agent.EndpointId, [agent.EndpointId]);
        whole.AnsweredBy = agent.EndpointId;
        var bothAt = click.FirstRingSeconds + click.SecondRingSeconds;
        var end = bothAt + (click.FirstAnswers && click.SecondAnswers ? click.TalkSeconds : 0);

        if (shape.ClickLegs == ClickLegs.One || !agentFirst)
        {
            Step[] one =
                !click.FirstAnswers ? [new(0, StepKind.Detect, whole), new(click.FirstRingSeconds, StepKind.End, whole)]
                : !click.SecondAnswers ? [new(0, StepKind.Detect, whole), new(end, StepKind.End, whole)]
                : [new(0, StepKind.Detect, whole), new(bothAt, StepKind.Connect, whole), new(end, StepKind.End, whole)];
            return new CallPlan([whole], one, now, SimulatedCall.ByClick, true);
        }

        // The agent's phone shows the number that will be called.
        var agentLeg = Leg(
            book.NewCallId(), shape.AgentLegType, agent, dnis, NameOf(agent, shape), tariff, lines, null, [agent.EndpointId]);
        agentLeg.AnsweredBy = click.FirstAnswers ? agent.EndpointId : null;
        Step[] two = !click.FirstAnswers ? [new(0, StepKind.Detect, agentLeg), new(
            click.FirstRingSeconds, StepKind.End, agentLeg)]
            : [
                new(0, StepKind.Detect, agentLeg),
                new(click.FirstRingSeconds, StepKind.Connect, agentLeg),
                new(click.FirstRingSeconds, StepKind.Detect, whole),
                .. click.SecondAnswers ? new Step[] { new(bothAt, StepKind.Connect, whole) } : [],
                new(end, StepKind.End, whole),
                new(end, StepKind.End, agentLeg),
            ];
        return new CallPlan(click.FirstAnswers ? [agentLeg, whole] : [agentLeg], two, now, SimulatedCall.ByClick, true);
    }

    private static Leg Leg(
        string callId,
        CallType type,
        Line phone,
        string ani,
        string dnis,
        Tariff tariff,
        Lines lines,
        string? from,
        IReadOnlyList<string> endpoints,
        Line? handedOverBy = null)
    {
        var route = tariff.Route(type, dnis);
        return new Leg(phone)
        {
            CallId = callId,
            Type = type,
            AccountId = phone.AccountId,
            Ani = ani,
            Dnis = dnis,
            AniUser = type == CallType.In ? "" : type == CallType.Out ? phone.Username : lines.Find(from)?.Username
                ?? "",
            DnisUser = type == CallType.Out ? "" : phone.Username,
            Endpoints = endpoints,
            HandedOverBy = handedOverBy,
            Rate = route.Rate,
            AccessFee = route.AccessFee,
            RoutePattern = route.Prefix,
            RouteName = route.Name,
        };
    }
}
