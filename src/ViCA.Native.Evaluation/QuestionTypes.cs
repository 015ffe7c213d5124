using System.Collections.Immutable;

namespace ViCA.Native.Evaluation;

/// <summary>What is known of a <see cref="QuestionType"/>.</summary>
public static class QuestionTypes
{
    private static readonly ImmutableArray<string> Names =
    [
        "obj_appearance_order",
        "object_abs_distance",
        "object_counting",
        "object_rel_direction_easy",
        "object_rel_direction_hard",
        "object_rel_direction_medium",
        "object_rel_distance",
        "object_size_estimation",
        "room_size_estimation",
        "route_planning",
    ];

    /// <summary>The name in the data set's column `question_type`.</summary>
    public static string Name(this QuestionType type) => Names[(int)type];

    /// <summary>The type of this name; false when there is none. Names are compared as they are, capitals too.</summary>
    public static bool TryParse(string name, out QuestionType type)
    {
        int index = Names.IndexOf(name);
        type = (QuestionType)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Whether the answer is a number, scored by mean relative accuracy; else it is an option's letter.</summary>
    public static bool IsNumeric(this QuestionType type) => type
        is QuestionType.ObjectAbsDistance
        or QuestionType.ObjectCounting
        or QuestionType.ObjectSizeEstimation
        or QuestionType.RoomSizeEstimation;

    /// <summary>Whether the type is one of the three that make up the task `object_rel_direction`.</summary>
    public static bool IsDirection(this QuestionType type) => type
        is QuestionType.ObjectRelDirectionEasy
        or QuestionType.ObjectRelDirectionMedium
        or QuestionType.ObjectRelDirectionHard;
}
